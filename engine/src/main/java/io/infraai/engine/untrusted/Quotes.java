package io.infraai.engine.untrusted;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.infraai.engine.turn.Progress;

/**
 * Puts into an answer what its placeholders stand for, after the model: the user reads the texts, the model doesn't. They stand
 * in marks of their own, by which they are taken out again before the answer is shown to a model in a later turn.
 */
public final class Quotes {

    public static final Quotes NONE = new Quotes(Map.of());

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{text:[0-9a-f]{12}\\.[0-9]{1,4}}");
    private static final Pattern QUOTED = Pattern.compile("‹[^‹›]{0,600}›");
    private static final String NOT_REPEATED = "{text}";

    /** What Markdown, HTML or a terminal would take for more than a text. */
    private static final Pattern MARKUP = Pattern.compile("[\\p{Cntrl}\\p{Cf}‹›`<>\\[\\]|*_~!]+");

    private static final int LONGEST = 500;

    private final Map<String, String> texts;

    private Quotes(Map<String, String> texts) {
        this.texts = Map.copyOf(texts);
    }

    /** Collects the texts of several turns. */
    public static final class Collection {

        private final Map<String, String> texts = new HashMap<>();

        public Collection add(UUID turnId, Progress progress) {
            progress.rounds().stream()
                    .flatMap(round -> round.results())
                    .map(result -> Masked.of(
                            turnId, result.request().callId(), result.request().tool(), result.result()))
                    .forEach(masked -> texts.putAll(masked.texts()));
            return this;
        }

        public Quotes all() {
            return new Quotes(texts);
        }
    }

    public String in(String answer) {
        if (texts.isEmpty()) {
            return answer;
        }
        var found = PLACEHOLDER.matcher(answer);
        var result = new StringBuilder();
        while (found.find()) {
            var text = texts.get(found.group());
            found.appendReplacement(result, Matcher.quoteReplacement(text == null ? found.group() : quoted(text)));
        }
        return found.appendTail(result).toString();
    }

    private static String quoted(String text) {
        var plain = MARKUP.matcher(text).replaceAll(" ").replaceAll("\\s+", " ").strip();
        return "‹" + (plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "…") + "›";
    }

    /** An earlier answer as a model is shown it. */
    public static String without(String answer) {
        return QUOTED.matcher(answer).replaceAll(NOT_REPEATED);
    }
}
