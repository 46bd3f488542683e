package io.infraai.persistence.task;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.policy.Condition.Bound;
import io.infraai.contracts.remediation.Effect;
import io.infraai.contracts.remediation.MetricCheck;
import io.infraai.contracts.remediation.NextStep;
import io.infraai.persistence.task.Ruling.Verdict;
import io.infraai.persistence.tenancy.Columns;
import io.infraai.persistence.tenancy.Rows;
import io.infraai.persistence.tenancy.StoredJson;
import io.infraai.persistence.tenancy.TenantScope;

@Singleton
final class PgTaskVerification implements TaskVerification {

    private final TenantScope scope;

    PgTaskVerification(TenantScope scope) {
        this.scope = scope;
    }

    @Override
    public Uni<List<Due>> claim(Sign sign, Duration again, int limit) {
        return scope.acrossTenants(connection -> connection
                .preparedQuery(VerificationSql.CLAIM)
                .execute(Tuple.of(sign == Sign.METRIC, Rows.seconds(again), limit))
                .map(rows -> Rows.list(rows, PgTaskVerification::due)));
    }

    private static Due due(Row row) {
        var metric = Optional.ofNullable(TaskRows.jsonOrNull(row, "metric")).map(PgTaskVerification::metric);
        return new Due(new TenantId(row.getString("tenant_id")), row.getLong("id"), metric);
    }

    /** As a policy writes it. */
    private static MetricCheck metric(JsonNode written) {
        var bound = written.has("above") ? Bound.ABOVE : Bound.BELOW;
        var limit = written.path(bound == Bound.ABOVE ? "above" : "below").asDouble();
        return new MetricCheck(written.path("query").asText(), bound, limit);
    }

    @Override
    public Uni<List<Judged>> judge(TenantId tenant, List<Look> looks) {
        var said = new HashMap<Long, Optional<Said>>();
        looks.forEach(look -> said.put(look.taskId(), look.said()));
        return scope.in(
                tenant,
                connection -> connection
                        .preparedQuery(VerificationSql.LOOK)
                        .execute(Tuple.of(said.keySet().toArray(Long[]::new)))
                        .map(rows -> ruled(rows, said))
                        .call(cases -> lockTargets(connection, tenant, cases))
                        .chain(cases -> Multi.createFrom()
                                .iterable(cases)
                                .onItem()
                                .transformToUniAndConcatenate(each -> goOn(connection, each))
                                .collect()
                                .asList())
                        .chain(cases -> store(connection, tenant, cases)));
    }

    private static List<Case> ruled(RowSet<Row> rows, Map<Long, Optional<Said>> said) {
        var cases = new ArrayList<Case>();
        for (var row : rows) {
            var ruling = Ruling.of(row);
            ruling.verdict(said.getOrDefault(ruling.taskId(), Optional.empty()))
                    .map(verdict -> new Case(ruling, verdict, null))
                    .filter(each -> !(each.wantsMore() && ruling.paused()))
                    .ifPresent(cases::add);
        }
        return cases;
    }

    /** As those do who plan: limits are looked at with the target locked. */
    private static Uni<Void> lockTargets(SqlConnection connection, TenantId tenant, List<Case> cases) {
        var targets = cases.stream()
                .filter(Case::wantsMore)
                .map(each -> each.next().targetKey())
                .distinct()
                .toArray(String[]::new);
        return targets.length == 0
                ? Uni.createFrom().voidItem()
                : connection
                        .preparedQuery(CreationSql.LOCK_TARGETS)
                        .execute(Tuple.of(tenant.value(), targets))
                        .replaceWithVoid();
    }

    private static Uni<Case> goOn(SqlConnection connection, Case each) {
        if (each.verdict().effect() != Effect.INEFFECTIVE) {
            return Uni.createFrom().item(each);
        }
        if (!each.wantsMore()) {
            var why = each.ruling().steps().isEmpty()
                    ? "nothing more is planned: a person should look at it"
                    : "its alert has ended, so the next step isn't done";
            return Uni.createFrom().item(each.and(why, null));
        }
        return connection
                .preparedQuery(VerificationSql.NEXT_STEP)
                .execute(each.nextStep())
                .map(rows -> rows.iterator().next())
                .map(row -> each.begun(row.getString("why"), row.getLong("id")));
    }

    private static Uni<List<Judged>> store(SqlConnection connection, TenantId tenant, List<Case> cases) {
        if (cases.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return connection
                .preparedQuery(VerificationSql.JUDGE)
                .execute(Columns.of(cases)
                        .longs(each -> each.ruling().taskId())
                        .texts(each -> each.verdict().effect().wire())
                        .texts(each -> each.verdict().reason())
                        .longs(Case::nextTask)
                        .tuple())
                .map(rows -> {
                    var stored = new HashSet<>(Rows.list(rows, row -> row.getLong("id")));
                    return cases.stream()
                            .filter(each -> stored.contains(each.ruling().taskId()))
                            .map(each -> each.told(tenant))
                            .toList();
                });
    }

    /** A verdict on its way into the tables. */
    private record Case(
            Ruling ruling, Verdict verdict, @Nullable Long nextTask) {

        boolean wantsMore() {
            return verdict.effect() == Effect.INEFFECTIVE && ruling.goesOn();
        }

        NextStep next() {
            return ruling.steps().getFirst();
        }

        Tuple nextStep() {
            var step = next();
            var rest = ruling.steps().subList(1, ruling.steps().size());
            return Tuple.tuple()
                    .addLong(ruling.taskId())
                    .addString(step.targetKey())
                    .addString(step.tool())
                    .addString(TaskRows.wire(step.kind()))
                    .addString(StoredJson.write(step.parameters()))
                    .addInteger(step.approvals())
                    .addString(rest.isEmpty() ? null : StoredJson.write(rest))
                    .addLong((long) step.perTargetPerDay());
        }

        Case begun(@Nullable String hindrance, @Nullable Long task) {
            var what = "next comes " + next().tool();
            if (task == null) {
                return and(
                        what + ", which isn't done: " + (hindrance == null ? "it is there already" : hindrance), null);
            }
            return and(what + " as task " + task, task);
        }

        Case and(String more, @Nullable Long task) {
            return new Case(ruling, verdict.and(more), task);
        }

        Judged told(TenantId tenant) {
            return new Judged(
                    tenant,
                    ruling.taskId(),
                    ruling.tool(),
                    verdict.effect(),
                    ruling.doneAt(),
                    ruling.age(),
                    ruling.traceparent(),
                    nextTask == null ? OptionalLong.empty() : OptionalLong.of(nextTask));
        }
    }
}
