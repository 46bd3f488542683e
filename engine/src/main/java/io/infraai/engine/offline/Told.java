package io.infraai.engine.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a user tells before they ask: "web-0 in shop is down. Restart it." Only the first line, and nothing that is quoted or
 * stands behind a colon, since that may be pasted.
 *
 * @param sentences that tell something, and demand and ask nothing
 * @param rest the message from where it does
 */
record Told(List<Sentence> sentences, String rest) {

    private static final Pattern BOUNDARY = Pattern.compile("(?<=[.?!;])\\s+|,\\s+|\\s+[-\u2013\u2014]+\\s+");

    private static final int LONGEST = 400;

    private static final int FEWEST_WORDS = 3;

    private static final Set<String> VERBS = Set.of(
            ("is are was were isn't aren't has have had see sees seeing seem seems looks released deployed updated changed upgraded"
                            + " migrated get gets getting keeps keep went goes says said reports report complain complains lost")
                    .split(" "));

    private static final Set<String> ASKING =
            Set.of("how", "any", "anything", "is", "are", "can", "could", "has", "have");

    Told {
        sentences = List.copyOf(sentences);
    }

    static Told of(String message) {
        var line = message.lines().findFirst().orElse("");
        if (line.length() > LONGEST || line.contains(": ") || line.indexOf('"') >= 0 || line.indexOf('`') >= 0) {
            return new Told(List.of(), message);
        }
        var told = new ArrayList<Sentence>();
        var begin = 0;
        var boundary = BOUNDARY.matcher(line);
        while (boundary.find()) {
            var sentence = statement(line.substring(begin, boundary.start()));
            if (sentence.isEmpty()) {
                break;
            }
            told.add(sentence.get());
            begin = boundary.end();
        }
        return asks(message.substring(begin)) ? new Told(told, message.substring(begin)) : new Told(List.of(), message);
    }

    private static Optional<Sentence> statement(String text) {
        var sentences = Sentence.of(text);
        if (sentences.size() != 1 || text.endsWith("?")) {
            return Optional.empty();
        }
        var sentence = sentences.getFirst();
        var first = sentence.tokens().getFirst();
        var asks = first.is(Term.QUESTION) || first.is(Term.WHY) || ASKING.contains(first.lower());
        var tells = sentence.tokens().stream().anyMatch(token -> VERBS.contains(token.lower()))
                || sentence.has(Term.WRONG, Term.FIRED, Term.FIRING, Term.ERRORS);
        return sentence.tokens().size() >= FEWEST_WORDS
                        && !asks
                        && tells
                        && sentence.demand().isEmpty()
                ? Optional.of(sentence)
                : Optional.empty();
    }

    /** Whether there is a demand or a question in it at all. */
    private static boolean asks(String rest) {
        return Sentence.of(rest).stream()
                .anyMatch(sentence -> sentence.demand().isPresent()
                        || sentence.has(Term.QUESTION, Term.WHY, Term.LOGS, Term.EVENTS, Term.STATUS)
                        || sentence.says("how", "any", "anything"));
    }

    boolean isEmpty() {
        return sentences.isEmpty();
    }

    /** Whether it tells that something is wrong with pods, without naming one. */
    boolean tellsOfFailingPods() {
        return sentences.stream().anyMatch(sentence -> sentence.has(Term.POD) && sentence.has(Term.WRONG));
    }

    /**
     * What was told of.
     *
     * @param onlySure leaves out what only may be a deployment: good enough to look at, not to change
     */
    Subjects.Turn turn(boolean onlySure) {
        var named = new ArrayList<Thing>();
        var namespace = "";
        for (var sentence : sentences) {
            var slots = Slots.of(sentence);
            var space = slots.namespace().orElse("");
            namespace = space.isEmpty() ? namespace : space;
            for (var name : slots.names()) {
                thing(name, space, onlySure).ifPresent(named::add);
            }
        }
        return new Subjects.Turn(named, List.of(), namespace);
    }

    private static Optional<Thing> thing(Slots.Named name, String space, boolean onlySure) {
        var lower = name.text().toLowerCase(Locale.ROOT);
        if (name.kind().isPresent()) {
            var kind = name.kind().get();
            return kind.resourceKind().isPresent() && !Thing.isObject(lower)
                    ? Optional.empty()
                    : Optional.of(new Thing(
                            kind,
                            kind == Term.NODE || kind.resourceKind().isEmpty() ? "" : space,
                            kind.resourceKind().isPresent() ? lower : name.text()));
        }
        if (space.isEmpty() && Thing.looksLikeNode(lower)) {
            return Optional.of(new Thing(Term.NODE, "", lower));
        }
        if (space.isEmpty() || !Thing.isObject(lower)) {
            return Optional.empty();
        }
        if (Thing.looksLikePod(lower)) {
            return Optional.of(new Thing(Term.POD, space, lower));
        }
        return onlySure ? Optional.empty() : Optional.of(new Thing(Term.DEPLOYMENT, space, lower));
    }
}
