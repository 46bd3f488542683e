package io.infraai.engine.agent;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.infraai.contracts.chat.ToolRequest;
import io.infraai.contracts.chat.TurnFailure;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.engine.turn.Call;
import io.infraai.engine.turn.CallState;
import io.infraai.engine.turn.Progress;
import io.infraai.engine.turn.Round;

/**
 * Decides what a turn needs next, from nothing but what is stored of it; so it decides the same on any engine, however often
 * it is asked.
 */
final class Agent {

    /** The same call with the same result this often is a loop. */
    private static final int LOOP = 2;

    private final Budget budget;

    Agent(Budget budget) {
        this.budget = budget;
    }

    AgentStep next(Progress progress) {
        if (!progress.rounds().isEmpty() && !progress.rounds().getLast().finished()) {
            return unfinished(progress.rounds().getLast());
        }
        return exhausted(progress)
                .<AgentStep>map(what -> new AgentStep.GiveUp(TurnFailure.BUDGET_EXHAUSTED, what))
                .or(() -> confused(progress))
                .orElseGet(() ->
                        new AgentStep.Reason(progress.rounds().size() < budget.steps() && callsLeft(progress) > 0));
    }

    private static AgentStep unfinished(Round round) {
        var asked = round.calls().stream()
                .filter(call -> call.state() instanceof CallState.Asked)
                .map(Call::request)
                .toList();
        return asked.isEmpty()
                ? new AgentStep.AwaitTasks(
                        round.calls().stream().filter(call -> !call.finished()).toList())
                : new AgentStep.CallTools(asked);
    }

    private Optional<String> exhausted(Progress progress) {
        if (progress.rounds().size() > budget.steps()) {
            return Optional.of("The model wanted to go on after " + budget.steps()
                    + " steps. Ask for a smaller part of it, or have infraai.agent.steps raised.");
        }
        if (progress.usage().tokens() >= budget.tokens()) {
            return Optional.of("The turn used up its " + budget.tokens()
                    + " tokens. Ask for a smaller part of it, or have infraai.agent.tokens raised.");
        }
        if (progress.usage().costMicros() >= budget.costMicros()) {
            return Optional.of("The turn used up the money that one may cost. Ask for a smaller part of it, or have "
                    + "infraai.agent.cost raised.");
        }
        return Optional.empty();
    }

    private Optional<AgentStep> confused(Progress progress) {
        var misfits = progress.calls().filter(Agent::misfit).count();
        return misfits > budget.misfits()
                ? Optional.of(
                        new AgentStep.GiveUp(
                                TurnFailure.MODEL_CONFUSED,
                                "The model asked " + misfits
                                        + " times for tools in a way that can't work. Put the question another way, or take another model."))
                : Optional.empty();
    }

    private static boolean misfit(Call call) {
        return call.state() instanceof CallState.Finished(ToolResult.Failed(var reason, var _))
                && reason == FailureReason.INVALID_PARAMETERS;
    }

    private int callsLeft(Progress progress) {
        return budget.toolCalls() - (int) progress.calls().count();
    }

    /**
     * Why a call of the latest round isn't made at all: the budget ends before it, or it only repeats itself.
     */
    Optional<ToolResult> spared(Progress progress, ToolRequest request) {
        var before = progress.calls()
                .takeWhile(call -> !call.request().callId().equals(request.callId()))
                .toList();
        if (before.size() >= budget.toolCalls()) {
            return refused(
                    FailureReason.HELD_BACK,
                    "Not called: a turn has " + budget.toolCalls() + " tool calls. Answer with what is known.");
        }
        return repeats(before, request)
                ? refused(
                        FailureReason.INVALID_PARAMETERS,
                        "Not called: the same call gave the same result " + LOOP + " times. Use that result.")
                : Optional.empty();
    }

    private static boolean repeats(List<Call> before, ToolRequest request) {
        var results = before.stream()
                .filter(call -> call.request().tool().equals(request.tool())
                        && call.request().arguments().equals(request.arguments()))
                .map(call -> call.state() instanceof CallState.Finished(var result) ? result : null)
                .filter(Objects::nonNull)
                .toList();
        return results.size() >= LOOP
                && results.subList(results.size() - LOOP, results.size()).stream()
                                .distinct()
                                .count()
                        == 1;
    }

    private static Optional<ToolResult> refused(FailureReason reason, String message) {
        return Optional.of(new ToolResult.Failed(reason, message));
    }
}
