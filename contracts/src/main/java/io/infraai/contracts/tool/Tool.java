package io.infraai.contracts.tool;

import java.util.Optional;

import io.smallrye.mutiny.Uni;

/**
 * One thing InfraAI can look at or change. The kinds are closed, because a worker must treat each differently; the tools of a
 * kind are open and found by the container.
 *
 * <p>No method may block the calling thread. What was foreseen is a {@link ToolResult}; a failed {@link Uni} is a bug.
 *
 * @param <P> its parameters
 */
public sealed interface Tool<P extends Record> {

    ToolSpec<P> spec();

    /** Only looks; may run anywhere, at any time, any number of times. */
    non-sealed interface Reading<P extends Record> extends Tool<P> {

        Uni<ToolResult> read(P parameters, ToolContext context);
    }

    /**
     * Changes something, in two steps, so that a repeat can never pick another target than the first try did.
     *
     * @param <T> what makes the target this one and no other: stored as JSON before the first call
     */
    sealed interface Changing<P extends Record, T extends Record> extends Tool<P> {

        Class<T> identity();

        /** Looks the target up. Called once for a task; what it finds is stored and used by every later try. */
        Uni<Identified<T>> identify(P parameters, ToolContext context);

        /** What would be done to the target, in one sentence: for the approver and for dry runs. */
        String describe(P parameters, T target);

        /**
         * Tries the change without making it, as far as the target's server can, and looks at the target: before people are
         * asked, so that nobody agrees to what can't be done.
         */
        default Uni<Rehearsal> rehearse(P parameters, T target, ToolContext context) {
            return Uni.createFrom().item(Rehearsal.Possible.untried());
        }

        /**
         * Whether an earlier request for this target took effect, found out by looking only: asked after a lost answer of a
         * {@link OneShot}, and of every kind when the task may no longer act.
         */
        Uni<Settlement> settle(P parameters, T target, ToolContext context);

        /** What would take the change back, told by the stored identity, never by a new look; empty where nothing does. */
        default Optional<Undo> inverse(P parameters, T target) {
            return Optional.empty();
        }
    }

    /** The target refuses a request that was meant for an earlier self of it: safe to repeat. */
    non-sealed interface Guarded<P extends Record, T extends Record> extends Changing<P, T> {

        Uni<ToolResult> apply(P parameters, T target, ToolContext context);
    }

    /** The target takes every request it gets: sent at most once, after that only asked what became of it. */
    non-sealed interface OneShot<P extends Record, T extends Record> extends Changing<P, T> {

        Uni<ToolResult> fire(P parameters, T target, ToolContext context);
    }

    /** The outcome of looking a target up. */
    sealed interface Identified<T extends Record> {

        record Found<T extends Record>(T target) implements Identified<T> {}

        record NotFound<T extends Record>(ToolResult.Failed failure) implements Identified<T> {

            public static <T extends Record> NotFound<T> because(FailureReason reason, String message) {
                return new NotFound<>(new ToolResult.Failed(reason, message));
            }
        }

        default Optional<T> found() {
            return switch (this) {
                case Found<T>(var target) -> Optional.of(target);
                case NotFound<T> _ -> Optional.empty();
            };
        }
    }
}
