package io.infraai.policies;

import java.util.ArrayList;
import java.util.List;

import io.infraai.contracts.policy.Condition.LabelMatch;
import io.infraai.contracts.policy.MatchOperator;

/** Alertmanager's matchers: {@code severity=~"crit.*"}, or several, {@code {a="b", c!="d"}}. */
final class MatcherSyntax {

    private static final String SPECIAL = "{}!=~,\\\"'`";

    private final String text;
    private int position;

    private MatcherSyntax(String text) {
        this.text = text;
    }

    /**
     * @throws IllegalArgumentException saying what was expected where
     */
    static List<LabelMatch> parse(String text) {
        return new MatcherSyntax(text).matchers();
    }

    private List<LabelMatch> matchers() {
        var found = new ArrayList<LabelMatch>();
        boolean braces = taken('{');
        do {
            if (!found.isEmpty() && atEnd(braces)) {
                break;
            }
            found.add(matcher());
        } while (taken(','));
        if (braces && !taken('}')) {
            throw expected("\"}\" or a comma");
        }
        skipBlanks();
        if (position < text.length()) {
            throw expected("the end");
        }
        return found;
    }

    private LabelMatch matcher() {
        var label = word("a label's name");
        if (label.isEmpty()) {
            throw expected("a label's name");
        }
        var operator = operator();
        return new LabelMatch(label, operator, word("a value in double quotes"));
    }

    private MatchOperator operator() {
        skipBlanks();
        // the longer ones first
        for (var operator : List.of(
                MatchOperator.MATCHES, MatchOperator.NOT_MATCHES, MatchOperator.NOT_EQUAL, MatchOperator.EQUAL)) {
            if (text.startsWith(operator.symbol(), position)) {
                position += operator.symbol().length();
                return operator;
            }
        }
        throw expected("=, !=, =~ or !~");
    }

    private String word(String what) {
        skipBlanks();
        if (position < text.length() && text.charAt(position) == '"') {
            position++;
            return quoted();
        }
        int start = position;
        while (position < text.length()
                && SPECIAL.indexOf(text.charAt(position)) < 0
                && !Character.isWhitespace(text.charAt(position))) {
            position++;
        }
        if (start == position) {
            throw expected(what);
        }
        return text.substring(start, position);
    }

    /** As in Alertmanager, a backslash before anything but n, " and itself stays, so that patterns need not double it. */
    private String quoted() {
        var value = new StringBuilder();
        while (position < text.length()) {
            char c = text.charAt(position++);
            if (c == '"') {
                return value.toString();
            }
            if (c != '\\' || position == text.length()) {
                value.append(c);
                continue;
            }
            char escaped = text.charAt(position++);
            switch (escaped) {
                case 'n' -> value.append('\n');
                case '"', '\\' -> value.append(escaped);
                default -> value.append('\\').append(escaped);
            }
        }
        throw expected("a closing \"");
    }

    private boolean atEnd(boolean braces) {
        skipBlanks();
        return position == text.length() || (braces && text.charAt(position) == '}');
    }

    private boolean taken(char c) {
        skipBlanks();
        if (position < text.length() && text.charAt(position) == c) {
            position++;
            return true;
        }
        return false;
    }

    private void skipBlanks() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
    }

    private IllegalArgumentException expected(String what) {
        return new IllegalArgumentException(
                "expected " + what + " at character " + (position + 1) + ", as in severity=~\"crit.*\"");
    }
}
