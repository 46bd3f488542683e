package io.infraai.worker.verification;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

import io.infraai.contracts.stream.TaskRung;
import io.infraai.messaging.redis.tracing.Spans;
import io.infraai.messaging.redis.tracing.Trail;
import io.infraai.persistence.task.TaskVerification.Judged;
import io.infraai.worker.execution.Bells;
import io.infraai.worker.execution.Failpoints;

/** Tells others of verdicts, once they are stored: in bells, in metrics, in spans, in the log. */
@ApplicationScoped
class Verdicts {

    private static final Logger LOG = Logger.getLogger(Verdicts.class);

    private final Bells bells;
    private final MeterRegistry metrics;
    private final Spans spans;

    Verdicts(Bells bells, MeterRegistry metrics, Spans spans) {
        this.bells = bells;
        this.metrics = metrics;
        this.spans = spans;
    }

    /** Completes in any case. */
    Uni<Void> tell(List<Judged> judged) {
        return Multi.createFrom()
                .iterable(judged)
                .onItem()
                .invoke(this::note)
                .filter(each -> each.next().isPresent())
                .onItem()
                .transformToUniAndConcatenate(this::ring)
                .toUni()
                .replaceWithVoid();
    }

    private void note(Judged judged) {
        var result = judged.effect().wire();
        metrics.counter("infraai_verifications", "tool", judged.tool(), "result", result)
                .increment();
        // the span begins where the action's has ended
        spans.begin("verify task", Trail.of(judged.traceparent(), judged.age(), null), judged.doneAt())
                .tell("infraai.task.id", judged.taskId())
                .tell("gen_ai.tool.name", judged.tool())
                .tell("infraai.outcome", result)
                .end();
        LOG.infof("Task %d was %s: tool=%s", judged.taskId(), result, judged.tool());
    }

    /** A lost bell is the sweeper's. */
    private Uni<Void> ring(Judged judged) {
        Failpoints.hit("after_verdict");
        return bells.ring(new TaskRung(judged.tenant(), judged.next().getAsLong()))
                .onFailure()
                .recoverWithNull();
    }
}
