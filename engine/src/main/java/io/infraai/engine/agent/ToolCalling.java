package io.infraai.engine.agent;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import io.infraai.contracts.chat.ReplyEvent;
import io.infraai.contracts.chat.ReplyEvent.TaskAsked;
import io.infraai.contracts.chat.ReplyEvent.ToolFinished;
import io.infraai.contracts.chat.ToolRequest;
import io.infraai.contracts.chat.Usage;
import io.infraai.engine.tools.GuardedTools;
import io.infraai.engine.tools.GuardedTools.Called;

/** Makes the calls that a model asked for, several at once, and stores what came of each as soon as it is known. */
@ApplicationScoped
class ToolCalling {

    private final GuardedTools tools;
    private final AgentConfig config;

    ToolCalling(GuardedTools tools, AgentConfig config) {
        this.tools = tools;
        this.config = config;
    }

    Uni<List<ReplyEvent>> call(Agent agent, Work work, List<ToolRequest> requests) {
        return Multi.createFrom()
                .iterable(requests)
                .onItem()
                .transformToUni(request -> call(agent, work, request))
                .merge(config.parallelCalls())
                .collect()
                .asList();
    }

    private Uni<ReplyEvent> call(Agent agent, Work work, ToolRequest request) {
        Failpoints.hit("before_tool");
        var turn = work.turn();
        return agent.spared(work.progress(), request)
                .map(result -> Uni.createFrom().<Called>item(new Called.Answered(result)))
                .orElseGet(() -> tools.call(turn.actor(), turn.turnId(), request, work.deadline()))
                .map(called -> switch (called) {
                    case Called.Answered(var result) ->
                        (ReplyEvent) new ToolFinished(request.callId(), request.tool(), result);
                    case Called.AsTask(var taskId) -> new TaskAsked(request.callId(), request.tool(), taskId);
                })
                .invoke(() -> Failpoints.hit("after_tool"))
                .call(event -> work.journal().record(event, Usage.NONE))
                .invoke(() -> Failpoints.hit("after_result"));
    }
}
