package io.infraai.policies;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * A pattern of RE2, anchored at both ends: linear in the text, whatever the pattern. What is only a list of words
 * ({@code web|db}) is answered by a set, and a fixed beginning is compared first, since the automaton costs more than both.
 */
final class TextPattern {

    static final int LONGEST = 512;
    private static final int LARGEST_PROGRAM = 4_000;
    private static final long MOST_REPEATS = 100_000;
    private static final String SPECIAL = "\\.+*?()[]{}^$|";
    private static final java.util.regex.Pattern REPEAT = java.util.regex.Pattern.compile("\\{(\\d+)(?:,(\\d*))?\\}");

    private final Pattern pattern;
    private final Set<String> words;
    private final String prefix;

    private TextPattern(Pattern pattern, Set<String> words, String prefix) {
        this.pattern = pattern;
        this.words = words;
        this.prefix = prefix;
    }

    /**
     * @throws PatternSyntaxException with the parser's own words when RE2 can't read it
     */
    static TextPattern compile(String written) {
        if (written.length() > LONGEST) {
            throw new PatternSyntaxException("longer than " + LONGEST + " characters");
        }
        if (repeats(written) > MOST_REPEATS) {
            throw new PatternSyntaxException("repeats too much", written);
        }
        var pattern = Pattern.compile(written);
        if (pattern.programSize() > LARGEST_PROGRAM) {
            throw new PatternSyntaxException("too large when compiled", written);
        }
        return new TextPattern(pattern, wordsOf(written), prefixOf(written));
    }

    boolean matches(String text) {
        if (!words.isEmpty()) {
            return words.contains(text);
        }
        return text.startsWith(prefix) && pattern.matches(text);
    }

    /** The only texts that match, or empty when it is no list of plain words. */
    Set<String> words() {
        return words;
    }

    private static Set<String> wordsOf(String written) {
        var parts = written.split("\\|", -1);
        return Arrays.stream(parts).allMatch(TextPattern::plain) ? new LinkedHashSet<>(Arrays.asList(parts)) : Set.of();
    }

    private static boolean plain(String text) {
        return text.chars().noneMatch(c -> SPECIAL.indexOf(c) >= 0);
    }

    /** What every match begins with: the plain characters before the first special one, unless that one reaches back. */
    private static String prefixOf(String written) {
        if (written.indexOf('|') >= 0) {
            return "";
        }
        int end = 0;
        while (end < written.length() && SPECIAL.indexOf(written.charAt(end)) < 0) {
            end++;
        }
        if (end < written.length() && "*?{+".indexOf(written.charAt(end)) >= 0) {
            end = end == 0 ? 0 : written.offsetByCodePoints(end, -1);
        }
        return written.substring(0, end);
    }

    /** RE2 for Java bounds one repeat but not repeats of repeats. */
    private static long repeats(String written) {
        long product = 1;
        var matcher = REPEAT.matcher(written);
        while (matcher.find() && product <= MOST_REPEATS) {
            var most = matcher.group(2) == null || matcher.group(2).isEmpty() ? matcher.group(1) : matcher.group(2);
            product *= most.length() > 4 ? MOST_REPEATS + 1 : Math.max(1, Long.parseLong(most));
        }
        return product;
    }
}
