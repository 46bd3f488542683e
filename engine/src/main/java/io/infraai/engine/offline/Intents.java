package io.infraai.engine.offline;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.infraai.engine.offline.Plan.Move;

/**
 * From a message to a plan. Changes are taken from the beginning of the message only, or from behind what the user {@link Told
 * tells} there, for as long as one demand follows another: what stands behind a colon, in quotes or on a further line may be
 * pasted, and isn't the user's own demand.
 */
final class Intents {

    private Intents() {}

    static Plan of(Conversation conversation) {
        var message = conversation.now().message().strip();
        if (message.isEmpty()) {
            return Plan.say(Guide.HELP);
        }
        var subjects = Subjects.of(conversation);
        var query = Metrics.written(message, conversation.offered());
        if (query.isPresent()) {
            return query.get();
        }
        var plans = plans(Told.of(message), subjects, conversation.offered());
        return switch (plans.size()) {
            case 0 -> Plan.say(Guide.UNCLEAR);
            case 1 -> plans.getFirst();
            default -> together(plans);
        };
    }

    private static List<Plan> plans(Told told, Subjects subjects, Set<String> offered) {
        var plans = new ArrayList<Plan>();
        var demanding = true;
        var own = ownWords(told.rest());
        var toRead = told.isEmpty() ? subjects : subjects.after(told.turn(false));
        var sentences = Sentence.of(told.rest());
        for (var i = 0; i < sentences.size(); i++) {
            var sentence = sentences.get(i);
            if (i + 1 < sentences.size() && onlyLeadsUpTo(sentence, sentences.get(i + 1))) {
                continue;
            }
            var slots = Slots.of(sentence);
            var ask = new Ask(told.rest(), sentence, slots, toRead, told, offered);
            demanding = demanding && sentence.demand().isPresent();
            var toChange = told.isEmpty() ? subjects : subjects.after(told.turn(!Changes.ofDeploymentsOnly(sentence)));
            var change = demanding && own.contains(text(sentence))
                    ? Changes.of(new Ask(told.rest(), sentence, slots, toChange, told, offered))
                    : Optional.<Plan>empty();
            change.or(() -> Reads.of(ask)).ifPresent(plans::add);
        }
        return plans;
    }

    /** "Find it and restart it": a change finds what it is for by itself. */
    private static boolean onlyLeadsUpTo(Sentence sentence, Sentence next) {
        var looks = sentence.demand()
                .filter(term -> term == Term.SHOW || term == Term.INVESTIGATE)
                .isPresent();
        return looks
                && sentence.has(Term.IT)
                && Slots.of(sentence).names().isEmpty()
                && next.has(Term.IT)
                && next.demand().filter(Changes::changes).isPresent();
    }

    /** The part of the message in which a demand is the user's own. */
    private static Set<String> ownWords(String message) {
        var line = message.lines().findFirst().orElse("");
        var colon = line.indexOf(": ");
        var own = colon < 0 ? line : line.substring(0, colon);
        var texts = new HashSet<String>();
        Sentence.of(own).forEach(sentence -> texts.add(text(sentence)));
        return texts;
    }

    private static String text(Sentence sentence) {
        return String.join(" ", sentence.tokens().stream().map(Token::text).toList());
    }

    /** Several demands: at once where each is one round of calls, else the first alone. */
    private static Plan together(List<Plan> plans) {
        var calls = new ArrayList<ToolCall>();
        var texts = new ArrayList<String>();
        for (var plan : plans) {
            switch (plan.next(List.of())) {
                case Move.Call(var wanted) -> calls.addAll(wanted);
                case Move.Say(var text) -> texts.add(text);
            }
        }
        if (calls.isEmpty()) {
            return Plan.say(texts.getFirst());
        }
        return Plan.after(calls, seen -> {
            var parts = new ArrayList<String>();
            var at = 0;
            for (var plan : plans) {
                var count = plan.next(List.of()) instanceof Move.Call(var wanted) ? wanted.size() : 0;
                var its = seen.subList(Math.min(at, seen.size()), Math.min(at + count, seen.size()));
                at += count;
                parts.add(
                        switch (plan.next(its)) {
                            case Move.Say(var text) -> text;
                            case Move.Call _ -> Answers.of(its) + "\n\nFor the next step, please ask for it by itself.";
                        });
            }
            return Plan.say(String.join("\n\n", parts));
        });
    }
}
