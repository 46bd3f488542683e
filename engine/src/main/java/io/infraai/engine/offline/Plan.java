package io.infraai.engine.offline;

import java.util.List;
import java.util.function.Function;

/**
 * What is to be done about a message. It is made anew from the conversation whenever results have come, so it holds no state:
 * the results of this turn say how far it has got.
 */
@FunctionalInterface
interface Plan {

    /** Calls at once; more than anybody means by one sentence. */
    int MOST_CALLS = 8;

    /** What comes next. */
    sealed interface Move {

        /**
         * @param calls one or more, independent of each other
         */
        record Call(List<ToolCall> calls) implements Move {}

        record Say(String text) implements Move {}
    }

    /**
     * @param done what was called in this turn so far
     */
    Move next(List<Seen> done);

    static Plan say(String text) {
        return _ -> new Move.Say(text);
    }

    /** Calls, then goes on with what came. */
    static Plan after(List<ToolCall> wanted, Function<List<Seen>, Plan> then) {
        var calls = wanted.subList(0, Math.min(MOST_CALLS, wanted.size()));
        return done -> {
            if (done.size() < calls.size()) {
                return new Move.Call(calls);
            }
            return then.apply(done.subList(0, calls.size())).next(done.subList(calls.size(), done.size()));
        };
    }

    /** Calls and tells what came. */
    static Plan calls(List<ToolCall> calls) {
        return after(calls, seen -> say(Answers.of(seen)));
    }

    static Plan call(ToolCall call) {
        return calls(List.of(call));
    }
}
