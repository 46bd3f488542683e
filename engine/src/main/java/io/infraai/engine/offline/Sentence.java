package io.infraai.engine.offline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** One demand or question of a message, word by word. */
record Sentence(List<Token> tokens) {

    /** Of a message; nobody types more, and what is pasted behind isn't a command. */
    private static final int LONGEST = 4_000;

    private static final int MOST_SENTENCES = 6;

    private static final Pattern WORD =
            Pattern.compile("\"([^\"\n]*)\"|`([^`\n]*)`|'([^'\n]*)'(?=[\\s,.;:?!]|$)|(\\S+)");
    private static final Pattern MARKS = Pattern.compile("^[(\\[{<,;:.!?]+|[)\\]}>,;:.!?]+$");
    private static final Pattern POSSESSIVE = Pattern.compile("(?i)['’]s$");

    /** After these stands what something is called, so a slip there isn't corrected. */
    private static final Set<String> BEFORE_NAMES =
            Set.of("in", "of", "for", "from", "on", "to", "named", "called", "-n");

    /** With which people begin before they say what they want. */
    private static final Set<String> POLITE = Set.of(
            ("please can could would will you i we i'd want need like to go ahead and now then okay ok well just kindly also so let"
                            + " let's lets us do a perform rolling infraai hi hello hey yes sure the"
                            + " u ya plz pls yo hm hmm quick quickly asap again maybe")
                    .split(" "));

    Sentence {
        tokens = List.copyOf(tokens);
    }

    /** The message's sentences, in their order: cut where a new demand begins. */
    static List<Sentence> of(String message) {
        var tokens = tokens(message.substring(0, Math.min(message.length(), LONGEST)));
        var sentences = new ArrayList<Sentence>();
        var begin = 0;
        for (int i = 1; i < tokens.size(); i++) {
            if (beginsAt(i, tokens) && !tokens.subList(begin, i).stream().allMatch(Sentence::isPolite)) {
                sentences.add(new Sentence(tokens.subList(begin, i)));
                begin = i;
            }
        }
        if (begin < tokens.size()) {
            sentences.add(new Sentence(tokens.subList(begin, tokens.size())));
        }
        return sentences.subList(0, Math.min(MOST_SENTENCES, sentences.size()));
    }

    private static boolean isPolite(Token token) {
        return !token.quoted() && POLITE.contains(token.lower());
    }

    private static boolean beginsAt(int i, List<Token> tokens) {
        var token = tokens.get(i);
        var before = tokens.get(i - 1);
        var joined = before.is("and") || before.is("then") || before.is("also") || before.ends();
        var noun = token.is(Term.LOGS) || token.is(Term.EVENTS) || token.is("details");
        return joined && !noun && token.term().filter(Term::commands).isPresent();
    }

    private static List<Token> tokens(String message) {
        var texts = new ArrayList<Token>();
        var found = WORD.matcher(message.replace('’', '\''));
        while (found.find()) {
            var quoted = found.group(4) == null;
            var text = quoted
                    ? Arrays.asList(found.group(1), found.group(2), found.group(3)).stream()
                            .filter(each -> each != null)
                            .findFirst()
                            .orElse("")
                    : found.group(4);
            add(text, quoted, texts);
        }
        var tokens = new ArrayList<Token>();
        for (int i = 0; i < texts.size(); i++) {
            tokens.add(meant(i, texts));
        }
        return tokens;
    }

    private static void add(String text, boolean quoted, List<Token> texts) {
        var bare = quoted ? text : MARKS.matcher(text).replaceAll("");
        if (bare.isEmpty() || bare.equals("-")) {
            return;
        }
        var ends = !quoted && ",;.?!".indexOf(text.charAt(text.length() - 1)) >= 0;
        var possessive = !quoted
                && bare.length() > 2
                && Term.of(bare.toLowerCase(Locale.ROOT)).isEmpty()
                && !Token.isEmpty(bare.toLowerCase(Locale.ROOT));
        texts.add(
                new Token(possessive ? POSSESSIVE.matcher(bare).replaceAll("") : bare, Optional.empty(), quoted, ends));
    }

    private static Token meant(int i, List<Token> texts) {
        var token = texts.get(i);
        if (token.quoted()) {
            return token;
        }
        var exact = Term.of(token.lower());
        var term = exact.isPresent() || token.isEmpty() || (!token.text().equals(token.lower()) && i > 0)
                ? exact
                : corrected(i, texts);
        return new Token(token.text(), term, false, token.ends());
    }

    private static Optional<Term> corrected(int i, List<Token> texts) {
        var before = i == 0 ? Optional.<Token>empty() : Optional.of(texts.get(i - 1));
        var isName = before.filter(each -> BEFORE_NAMES.contains(each.lower())
                        || Term.of(each.lower()).filter(Term::takesName).isPresent())
                .isPresent();
        var near = Term.nearly(texts.get(i).lower());
        if (!isName) {
            return near;
        }
        var named = i + 1 < texts.size() && texts.get(i + 1).mayName();
        return near.filter(term ->
                named && term.takesName() && BEFORE_NAMES.contains(before.get().lower()));
    }

    boolean has(Term... terms) {
        return Arrays.stream(terms).anyMatch(term -> tokens.stream().anyMatch(token -> token.is(term)));
    }

    boolean says(String... words) {
        return Arrays.stream(words).anyMatch(word -> tokens.stream().anyMatch(token -> token.is(word)));
    }

    /** Whether the words stand there one after the other. */
    boolean saysInARow(String... words) {
        for (int i = 0; i + words.length <= tokens.size(); i++) {
            var at = i;
            if (IntStream.range(0, words.length)
                    .allMatch(k -> tokens.get(at + k).is(words[k]))) {
                return true;
            }
        }
        return false;
    }

    int indexOf(Term term) {
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).is(term)) {
                return i;
            }
        }
        return -1;
    }

    /** What it begins with, after the politeness; empty when that is no demand. */
    Optional<Term> demand() {
        for (int i = 0; i < tokens.size(); i++) {
            var token = tokens.get(i);
            var asksForPermission = i + 1 < tokens.size()
                    && Set.of("can", "could", "should", "may", "shall", "must", "do")
                            .contains(token.lower())
                    && Set.of("i", "we", "you", "they", "it")
                            .contains(tokens.get(i + 1).lower())
                    && !(Set.of("can", "could").contains(token.lower())
                            && tokens.get(i + 1).is("you"));
            if (asksForPermission) {
                return Optional.empty();
            }
            var rollout = token.is("rollout")
                    && at(i + 1).flatMap(Token::term).filter(Term::commands).isPresent();
            if (token.is("snapshot") && says("as", "called", "named")) {
                return Optional.of(Term.TAKE);
            }
            if (!rollout && !isPolite(token)) {
                return token.term().filter(Term::commands);
            }
        }
        return Optional.empty();
    }

    Optional<Token> at(int index) {
        return index >= 0 && index < tokens.size() ? Optional.of(tokens.get(index)) : Optional.empty();
    }
}
