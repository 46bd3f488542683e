package io.infraai.engine.offline;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** A name without a word for what it names: told from the words of a language by how it is written, or by where it stands. */
final class BareName {

    private static final Set<String> ARTICLES = Set.of("the", "a", "an", "our", "my", "your", "this", "that");
    private static final Set<String> INSIDE = Set.of("in", "within", "inside", "-n", "--namespace", "and");

    /** A sentence this short has no words to spare: what is left of it is a name. */
    private static final int SHORT = 3;

    /** As names are written, and few words of a language. */
    private static final Pattern TECHNICAL = Pattern.compile(".*[0-9._/-].*|[a-z]+[A-Z].*");

    private BareName() {}

    /** Of a word that could name something. */
    static boolean standsAt(int i, List<Token> tokens) {
        var token = tokens.get(i);
        return tokens.size() <= SHORT
                || token.quoted()
                || TECHNICAL.matcher(token.text()).matches()
                || isAskedFor(i, tokens)
                || isSpecified(i, tokens);
    }

    /** Behind a word that asks for one: restart web, is web …, why web …. */
    private static boolean isAskedFor(int i, List<Token> tokens) {
        var before = i - 1;
        while (before > 0 && ARTICLES.contains(tokens.get(before).lower())) {
            before--;
        }
        return before >= 0
                && tokens.get(before)
                        .term()
                        .filter(term -> term.commands() || term == Term.QUESTION || term == Term.WHY)
                        .isPresent();
    }

    /** Before a word that says where it is, or what of it is meant: web in shop, web logs. */
    private static boolean isSpecified(int i, List<Token> tokens) {
        if (i + 1 >= tokens.size()) {
            return false;
        }
        var next = tokens.get(i + 1);
        return INSIDE.contains(next.lower()) || next.term().isPresent();
    }
}
