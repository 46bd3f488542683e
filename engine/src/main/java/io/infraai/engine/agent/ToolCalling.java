package io.infraai.engine.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import io.infraai.contracts.chat.ReplyEvent;
import io.infraai.contracts.chat.ReplyEvent.TaskAsked;
import io.infraai.contracts.chat.ReplyEvent.ToolFinished;
import io.infraai.contracts.chat.ToolRequest;
import io.infraai.contracts.chat.Usage;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.engine.tools.GuardedTools;
import io.infraai.engine.tools.GuardedTools.Called;
import io.infraai.engine.turn.CallState;
import io.infraai.persistence.catalog.Catalogue;

/** Makes the calls that a model asked for, several at once, and stores what came of each as soon as it is known. */
@ApplicationScoped
class ToolCalling {

    private static final ToolResult ONE_AT_A_TIME = new ToolResult.Failed(
            FailureReason.HELD_BACK, "Not called: one change at a time. Ask for it again once the other is finished.");

    private static final ToolResult SHUT_OUT = new ToolResult.Failed(
            FailureReason.NOT_PERMITTED, "Not called: the key that this was asked with was revoked or has expired.");

    private final GuardedTools tools;
    private final AgentConfig config;

    ToolCalling(GuardedTools tools, AgentConfig config) {
        this.tools = tools;
        this.config = config;
    }

    Uni<List<ReplyEvent>> call(Agent agent, Work work, List<ToolRequest> requests) {
        return tools.catalogue()
                .onItem()
                .transformToMulti(known -> Multi.createFrom().iterable(planned(agent, work, requests, known)))
                .onItem()
                .transformToUni(planned -> make(work, planned))
                .merge(config.parallelCalls())
                .collect()
                .asList();
    }

    /** What an answer is followed by. */
    String remark(Work work) {
        return tools.remark(work.journal().standing().actor());
    }

    /**
     * @param instead what is answered without a call
     */
    private record Plan(ToolRequest request, Optional<ToolResult> instead) {}

    /** A person is asked about one change at a time: a list of them would be waved through. */
    private static List<Plan> planned(Agent agent, Work work, List<ToolRequest> requests, Catalogue known) {
        var changing = work.progress().calls().anyMatch(call -> call.state() instanceof CallState.AsTask);
        var plans = new ArrayList<Plan>();
        for (var request : requests) {
            var spared = agent.spared(work.progress(), request);
            var changes = known.find(request.tool())
                    .filter(tool -> tool.risk() != Risk.READS)
                    .isPresent();
            plans.add(new Plan(request, spared.isEmpty() && changes && changing ? Optional.of(ONE_AT_A_TIME) : spared));
            changing |= changes;
        }
        return plans;
    }

    private Uni<ReplyEvent> make(Work work, Plan plan) {
        Failpoints.hit("before_tool");
        var turn = work.turn();
        var request = plan.request();
        // as it is now: what was said of the user at the round's beginning may be half a minute old
        var standing = work.journal().standing();
        return plan.instead()
                .or(() -> standing.admitted() ? Optional.empty() : Optional.of(SHUT_OUT))
                .map(result -> Uni.createFrom().<Called>item(new Called.Answered(result)))
                .orElseGet(() -> tools.call(standing.actor(), turn.turnId(), request, work.deadline()))
                .map(called -> event(request, called))
                .invoke(() -> Failpoints.hit("after_tool"))
                .call(event -> work.journal().record(event, Usage.NONE))
                .invoke(() -> Failpoints.hit("after_result"));
    }

    private static ReplyEvent event(ToolRequest request, Called called) {
        return switch (called) {
            case Called.Answered(var result) -> new ToolFinished(request.callId(), request.tool(), result);
            case Called.AsTask(var taskId) -> new TaskAsked(request.callId(), request.tool(), taskId);
        };
    }
}
