package io.infraai.engine.offline;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * One sentence of the user's message with what it may refer to.
 *
 * @param message the whole message as it was typed
 * @param told what the message says before it asks
 * @param offered names of the tools that may be called
 */
record Ask(String message, Sentence sentence, Slots slots, Subjects subjects, Told told, Set<String> offered) {

    private static final int MINUTE = 60;
    private static final int HOUR = 3_600;

    boolean has(Term... terms) {
        return sentence.has(terms);
    }

    /** Leans on what was said: by a word for it, or because the message told of it first. */
    boolean leans() {
        return has(Term.IT) || !told.isEmpty();
    }

    boolean demands(Term term) {
        return sentence.demand().filter(term::equals).isPresent();
    }

    boolean offers(String tool) {
        return offered.contains(tool);
    }

    /** The namespace that the sentence names, or that it goes on with. */
    Optional<String> namespace() {
        return slots.namespace()
                .or(() -> continues() ? Optional.of(subjects.namespace()) : Optional.empty())
                .filter(namespace -> !namespace.isEmpty());
    }

    /** Whether it leans on what was said before. */
    boolean continues() {
        return has(Term.IT)
                || !told.isEmpty()
                || sentence.says("there", "same", "also")
                || sentence.at(0).filter(word -> word.is("and")).isPresent();
    }

    Optional<String> cluster() {
        return slots.called(Term.CLUSTER).stream().filter(Thing::isNamespace).findFirst();
    }

    /** The call, in the cluster that was named. */
    ToolCall inCluster(ToolCall call) {
        return call.with("cluster", cluster().orElse(null));
    }

    OptionalInt minutes() {
        return slots.seconds().isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(Math.max(1, slots.seconds().getAsInt() / MINUTE));
    }

    OptionalInt hours() {
        return slots.seconds().isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(Math.clamp(Math.ceilDiv(slots.seconds().getAsInt(), HOUR), 1, 720));
    }
}
