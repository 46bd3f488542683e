package io.infraai.engine.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import io.infraai.contracts.chat.ReplyEvent;
import io.infraai.contracts.chat.ReplyEvent.TaskAsked;
import io.infraai.contracts.chat.ReplyEvent.ToolFinished;
import io.infraai.contracts.chat.ToolRequest;
import io.infraai.contracts.chat.Usage;
import io.infraai.contracts.identity.Actor;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.ToolDescription;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.engine.tools.GuardedTools;
import io.infraai.engine.tools.GuardedTools.Called;
import io.infraai.engine.tools.GuardedTools.Calling;
import io.infraai.engine.turn.CallState;
import io.infraai.messaging.redis.tracing.Spans;
import io.infraai.messaging.redis.tracing.Trail;
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
    private final Spans spans;
    private final MeterRegistry metrics;

    ToolCalling(GuardedTools tools, AgentConfig config, Spans spans, MeterRegistry metrics) {
        this.tools = tools;
        this.config = config;
        this.spans = spans;
        this.metrics = metrics;
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
        var request = plan.request();
        // as it is now: what was said of the user at the round's beginning may be half a minute old
        var standing = work.journal().standing();
        return plan.instead()
                .or(() -> standing.admitted() ? Optional.empty() : Optional.of(SHUT_OUT))
                .map(result -> Uni.createFrom().<Called>item(new Called.Answered(result)))
                .orElseGet(() -> called(work, standing.actor(), request))
                .map(called -> event(request, called))
                .invoke(() -> Failpoints.hit("after_tool"))
                .call(event -> work.journal().record(event, Usage.NONE))
                .invoke(() -> Failpoints.hit("after_result"));
    }

    private Uni<Called> called(Work work, Actor actor, ToolRequest request) {
        return tools.catalogue().chain(known -> {
            var tool = known.find(request.tool());
            // a model may ask for anything: only what there is may name a span
            var name = tool.map(ToolDescription::name).orElse("unknown");
            return spans.during("execute_tool " + name, Trail.under(work.trace()), step -> {
                step.tell("gen_ai.operation.name", "execute_tool").tell("gen_ai.tool.name", name);
                var start = System.nanoTime();
                var calling = new Calling(actor, work.turn(), work.progress(), work.deadline(), step.traceparent());
                return tools.call(calling, request, tool).invoke(called -> {
                    step.tell("infraai.outcome", outcome(called));
                    metrics.timer("infraai_tool_calls", "tool", name, "step", "chat", "outcome", outcome(called))
                            .record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
                });
            });
        });
    }

    private static String outcome(Called called) {
        return switch (called) {
            case Called.Answered(var result) -> result.word();
            case Called.AsTask _ -> "task";
        };
    }

    private static ReplyEvent event(ToolRequest request, Called called) {
        return switch (called) {
            case Called.Answered(var result) -> new ToolFinished(request.callId(), request.tool(), result);
            case Called.AsTask(var taskId) -> new TaskAsked(request.callId(), request.tool(), taskId);
        };
    }
}
