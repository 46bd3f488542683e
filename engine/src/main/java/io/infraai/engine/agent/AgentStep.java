package io.infraai.engine.agent;

import java.util.List;

import io.infraai.contracts.chat.ToolRequest;
import io.infraai.contracts.chat.TurnFailure;
import io.infraai.engine.turn.Call;

/** What a turn needs next. */
sealed interface AgentStep {

    /**
     * Ask a model.
     *
     * @param mayCall false when the budget leaves it no tools: then it must answer with what it has
     */
    record Reason(boolean mayCall) implements AgentStep {}

    /** Call these, all at once. */
    record CallTools(List<ToolRequest> calls) implements AgentStep {

        public CallTools {
            calls = List.copyOf(calls);
        }
    }

    /** Let go until a task moves on; these aren't finished. */
    record AwaitTasks(List<Call> calls) implements AgentStep {

        public AwaitTasks {
            calls = List.copyOf(calls);
        }
    }

    /**
     * @param message for the user: what was wrong and what to do about it
     */
    record GiveUp(TurnFailure reason, String message) implements AgentStep {}
}
