package io.infraai.engine.prompt;

import java.util.function.Function;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

import io.infraai.engine.untrusted.Quotes;

/**
 * An answer as it is shown and kept. Addresses that the user didn't write are taken out of it, links and images to them
 * become plain text: what renders it would fetch them, and what they carry would be gone.
 */
public final class SafeReply {

    private static final int MOST_CHARACTERS = 64 * 1024;

    private static final Pattern LINK = Pattern.compile("!?\\[([^\\]]{0,1000})\\]\\(\\s*<?([^)\\s>]+)>?[^)]*\\)");
    /** Addresses without a host that a client acts on all the same. */
    static final String OPAQUE = "(?:mailto|tel|sms|javascript|vbscript|data):";

    private static final Pattern ADDRESS = Pattern.compile(
            "(?i)(?:\\b[a-z][a-z0-9+.-]{1,20}:)?//[^\\s\"'<>)\\]}]+|\\b" + OPAQUE + "[^\\s\"'<>)\\]}]+");
    private static final Pattern ELEMENT =
            Pattern.compile("(?i)</?(?:img|a|script|iframe|svg|style|object|embed|link|form|meta|base)\\b[^>]*>?");

    private SafeReply() {}

    /**
     * @param asked the user's message
     */
    public static String of(String text, String asked) {
        return of(text, asked, Quotes.NONE);
    }

    /**
     * @param quotes what the placeholders in the answer stand for; it is made harmless like the rest
     */
    public static String of(String answer, String asked, Quotes quotes) {
        var text = quotes.in(answer);
        var bounded = text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + " …[cut]";
        var unlinked =
                replaced(LINK, bounded, found -> asked.contains(found.group(2)) ? found.group() : found.group(1));
        var plain = ELEMENT.matcher(unlinked).replaceAll("");
        return replaced(ADDRESS, plain, found -> asked.contains(found.group()) ? found.group() : "[address removed]");
    }

    private static String replaced(Pattern pattern, String text, Function<Matcher, String> with) {
        var found = pattern.matcher(text);
        var result = new StringBuilder();
        while (found.find()) {
            found.appendReplacement(result, Matcher.quoteReplacement(with.apply(found)));
        }
        return found.appendTail(result).toString();
    }
}
