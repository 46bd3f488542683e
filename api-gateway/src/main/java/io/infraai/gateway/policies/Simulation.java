package io.infraai.gateway.policies;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.alert.Alert;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.policy.Outcome;
import io.infraai.contracts.policy.Policy;
import io.infraai.gateway.problem.Problem;
import io.infraai.gateway.problem.Problem.Fault;
import io.infraai.gateway.tools.KnownTools;
import io.infraai.gateway.tools.ProtectionConfig;
import io.infraai.persistence.intake.EpisodeQueries;
import io.infraai.persistence.policy.PolicyStore;
import io.infraai.policies.ActionPlanner;
import io.infraai.policies.PolicyEvaluator;
import io.infraai.policies.PolicyIndex;
import io.infraai.policies.PolicyReading;

/** Evaluates policies as healing does, on alerts that nobody sent. */
@ApplicationScoped
class Simulation {

    private final PolicyStore store;
    private final EpisodeQueries episodes;
    private final PolicyDesk desk;
    private final KnownTools tools;
    private final ProtectionConfig protection;
    private final Clock clock;

    record Forecast(List<ForAlert> alerts) {}

    /**
     * @param index the alert's place in the request, or among those that came, the newest first
     * @param episodeId of an alert that came, as are its labels
     * @param matched every policy whose condition holds, in order
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ForAlert(
            int index, @Nullable UUID episodeId, @Nullable Map<String, String> labels, List<Match> matched) {}

    /** An alert, and when it is to be judged: one that came, at the time it did. */
    private record Case(Alert alert, Instant at, @Nullable UUID episode) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Match(long policyId, Outcome outcome, String reason) {}

    Simulation(
            PolicyStore store,
            PolicyDesk desk,
            KnownTools tools,
            ProtectionConfig protection,
            EpisodeQueries episodes,
            Clock clock) {
        this.store = store;
        this.episodes = episodes;
        this.desk = desk;
        this.tools = tools;
        this.protection = protection;
        this.clock = clock;
    }

    Uni<Forecast> run(TenantId tenant, ObjectNode body) {
        var now = clock.instant();
        var request = SimulationRequest.of(body, now);
        return tools.now()
                .chain(known -> policies(tenant, request, known)
                        .chain(policies -> cases(tenant, request, now)
                                // a million evaluations would hold up the event loop
                                .emitOn(Infrastructure.getDefaultWorkerPool())
                                .map(cases -> forecast(policies, cases, known))));
    }

    private Uni<List<Case>> cases(TenantId tenant, SimulationRequest request, Instant now) {
        return request.since()
                .map(age -> episodes.since(tenant, age, SimulationRequest.MOST)
                        .map(found -> found.stream()
                                .map(each -> new Case(each.alert(), each.openedAt(), each.id()))
                                .toList()))
                .orElseGet(() -> Uni.createFrom()
                        .item(request.alerts().stream()
                                .map(alert -> new Case(alert, now, null))
                                .toList()));
    }

    private Uni<List<Policy>> policies(TenantId tenant, SimulationRequest request, KnownTools.Snapshot known) {
        return request.onStored()
                ? stored(tenant, request, known)
                : Uni.createFrom().item(() -> inline(tenant, request, known));
    }

    private List<Policy> inline(TenantId tenant, SimulationRequest request, KnownTools.Snapshot known) {
        var reader = desk.reader(known);
        var faults = new ArrayList<Fault>();
        var policies = new ArrayList<Policy>();
        for (var each : request.inline()) {
            switch (reader.readStored(tenant, each.id(), 1, each.document())) {
                case PolicyReading.Valid valid -> policies.add(valid.policy());
                case PolicyReading.Invalid invalid ->
                    faults.addAll(PolicyDesk.faults("/policies/" + each.index(), invalid));
            }
        }
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults).asException();
        }
        return policies;
    }

    private Uni<List<Policy>> stored(TenantId tenant, SimulationRequest request, KnownTools.Snapshot known) {
        var reader = desk.reader(known);
        return store.all(tenant).map(all -> {
            var missing = new HashSet<>(request.ids().orElseGet(HashSet::new));
            var policies = new ArrayList<Policy>();
            for (var each : all) {
                var wanted = request.ids().isEmpty() || missing.remove(each.id());
                // one that can't be read any more is left alone by healing, too
                if (wanted
                        && reader.readStored(tenant, each.id(), each.revision(), each.document())
                                instanceof PolicyReading.Valid valid) {
                    policies.add(valid.policy());
                }
            }
            if (!missing.isEmpty()) {
                throw Problem.invalid(List.of(new Fault(
                                "/policy_ids",
                                "there is no policy " + missing.iterator().next())))
                        .asException();
            }
            return policies;
        });
    }

    private Forecast forecast(List<Policy> policies, List<Case> cases, KnownTools.Snapshot known) {
        var index = new PolicyIndex();
        policies.forEach(index::put);
        var evaluator = new PolicyEvaluator(index, new ActionPlanner(known, protection.protectedNamespaces()));
        return new Forecast(IntStream.range(0, cases.size())
                .mapToObj(i -> forecast(i, cases.get(i), evaluator))
                .toList());
    }

    private static ForAlert forecast(int index, Case each, PolicyEvaluator evaluator) {
        return new ForAlert(
                index,
                each.episode(),
                each.episode() == null ? null : each.alert().labels(),
                evaluator.evaluate(each.alert(), each.at()).stream()
                        .map(match -> new Match(match.policy().id(), match.outcome(), match.reason()))
                        .toList());
    }
}
