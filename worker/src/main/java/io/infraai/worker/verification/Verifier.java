package io.infraai.worker.verification;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

import io.infraai.adapters.prometheus.Prometheus;
import io.infraai.adapters.prometheus.Prometheus.Reading;
import io.infraai.adapters.tool.ToolOutput;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.remediation.MetricCheck;
import io.infraai.persistence.task.TaskVerification;
import io.infraai.persistence.task.TaskVerification.Due;
import io.infraai.persistence.task.TaskVerification.Look;
import io.infraai.persistence.task.TaskVerification.Said;
import io.infraai.persistence.task.TaskVerification.Sign;

/**
 * Looks, once a task is done, whether that helped. Alerts that ended are judged within about a second; metrics are asked every 15 s
 * until their time is up.
 */
@ApplicationScoped
class Verifier {

    private static final Logger LOG = Logger.getLogger(Verifier.class);

    /** For as long what was taken is ours, and as often is a metric asked. */
    private static final Duration AGAIN = Duration.ofSeconds(15);

    private static final int AT_ONCE = 1_000;

    /** In one run, so that a storm of resolutions is judged as fast as it comes. */
    private static final int ROUNDS = 20;

    private static final int QUESTIONS_AT_ONCE = 8;

    private final TaskVerification tasks;
    private final Prometheus prometheus;
    private final ToolOutput output;
    private final Verdicts verdicts;

    Verifier(TaskVerification tasks, Prometheus prometheus, ToolOutput output, Verdicts verdicts) {
        this.tasks = tasks;
        this.prometheus = prometheus;
        this.output = output;
        this.verdicts = verdicts;
    }

    @Scheduled(every = "{infraai.worker.sweep}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> alerts() {
        return putOffOnFailure(round(Sign.ALERT, AT_ONCE, ROUNDS));
    }

    /** Apart: a Prometheus that hangs holds up nobody's verdict but its own. */
    @Scheduled(every = "{infraai.worker.sweep}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> metrics() {
        return putOffOnFailure(round(Sign.METRIC, 4 * QUESTIONS_AT_ONCE, 1));
    }

    private static Uni<Void> putOffOnFailure(Uni<Void> work) {
        return work.onFailure()
                .invoke(e -> LOG.warnf("Verifications are put off by a second: %s", e.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> round(Sign sign, int limit, int left) {
        return tasks.claim(sign, AGAIN, limit)
                .chain(due -> asked(due)
                        .chain(this::judge)
                        .chain(() -> left > 1 && due.size() == limit
                                ? round(sign, limit, left - 1)
                                : Uni.createFrom().voidItem()));
    }

    private Uni<List<Asked>> asked(List<Due> due) {
        return Multi.createFrom()
                .iterable(due)
                .onItem()
                .transformToUni(each -> each.metric()
                        .map(metric -> prometheus.value(metric.query()).map(value -> Optional.of(said(metric, value))))
                        .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
                        .map(said -> new Asked(each.tenant(), new Look(each.taskId(), said))))
                .merge(QUESTIONS_AT_ONCE)
                .collect()
                .asList();
    }

    /** The journal is read by many: it holds no secret that a query or Prometheus let slip. */
    private Said said(MetricCheck metric, Reading reading) {
        return switch (reading) {
            case Reading.None(var why) -> new Said.Nothing(output.sentence("The metric has no answer: " + why));
            case Reading.Value(var value) -> {
                var sentence = output.sentence(metric.query() + " is " + value);
                yield metric.holds(value)
                        ? new Said.Holds(sentence + ", " + metric.wanted())
                        : new Said.HoldsNot(sentence + ", not " + metric.wanted());
            }
        };
    }

    private Uni<Void> judge(List<Asked> asked) {
        var byTenant = new HashMap<TenantId, List<Look>>();
        asked.forEach(each ->
                byTenant.computeIfAbsent(each.tenant(), _ -> new ArrayList<>()).add(each.look()));
        return Multi.createFrom()
                .iterable(byTenant.entrySet())
                .onItem()
                .transformToUniAndConcatenate(
                        each -> tasks.judge(each.getKey(), each.getValue()).chain(verdicts::tell))
                .toUni()
                .replaceWithVoid();
    }

    private record Asked(TenantId tenant, Look look) {}
}
