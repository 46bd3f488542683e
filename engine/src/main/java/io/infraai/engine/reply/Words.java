package io.infraai.engine.reply;

import java.util.Optional;

import io.infraai.engine.prompt.SafeReply;
import io.infraai.engine.untrusted.Quotes;

/**
 * Lets a model's text through word by word, without the addresses that {@link SafeReply} takes out of the whole: a client
 * that renders as it reads would have fetched them by then. Not for many threads at once.
 */
final class Words {

    /** A word as long as this is let through in pieces. */
    private static final int LONGEST = 2_000;

    private final String asked;
    private final Quotes quotes;
    private final StringBuilder held = new StringBuilder();

    Words(String asked, Quotes quotes) {
        this.asked = asked;
        this.quotes = quotes;
    }

    /** The whole words so far that weren't let through yet. */
    Optional<String> add(String text) {
        held.append(text);
        var end = lastSpace() + 1;
        if (end == 0 && held.length() > LONGEST) {
            end = held.length();
        }
        return take(end);
    }

    Optional<String> rest() {
        return take(held.length());
    }

    private Optional<String> take(int end) {
        if (end == 0) {
            return Optional.empty();
        }
        var words = SafeReply.of(held.substring(0, end), asked, quotes).replace("](", "] (");
        held.delete(0, end);
        return words.isEmpty() ? Optional.empty() : Optional.of(words);
    }

    private int lastSpace() {
        for (var i = held.length() - 1; i >= 0; i--) {
            if (Character.isWhitespace(held.charAt(i))) {
                return i;
            }
        }
        return -1;
    }
}
