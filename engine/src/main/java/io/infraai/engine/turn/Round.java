package io.infraai.engine.turn;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.infraai.contracts.chat.ToolRequest;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.ToolResult;

/**
 * One model turn that asked for tools, and what came of them.
 *
 * @param text what the model said besides
 */
public record Round(String text, List<Call> calls) {

    private static final ToolResult NOT_FINISHED =
            new ToolResult.Failed(FailureReason.HELD_BACK, "Not finished when the turn ended");

    public Round {
        calls = List.copyOf(calls);
    }

    /** Each call with its result; a model is never shown a call without one. */
    public Stream<Result> results() {
        return calls.stream()
                .map(call -> new Result(
                        call.request(),
                        call.state() instanceof CallState.Finished(var result) ? result : NOT_FINISHED));
    }

    public record Result(ToolRequest request, ToolResult result) {}

    public boolean finished() {
        return calls.stream().allMatch(Call::finished);
    }

    Round change(String callId, UnaryOperator<Call> change) {
        return new Round(
                text,
                calls.stream()
                        .map(call -> call.request().callId().equals(callId) ? change.apply(call) : call)
                        .toList());
    }
}
