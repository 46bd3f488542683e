package io.infraai.gateway.policies;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

import io.infraai.contracts.alert.Alert;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.policy.Outcome;
import io.infraai.contracts.policy.Policy;
import io.infraai.gateway.problem.Problem;
import io.infraai.gateway.problem.Problem.Fault;
import io.infraai.gateway.tools.KnownTools;
import io.infraai.gateway.tools.ProtectionConfig;
import io.infraai.persistence.policy.PolicyStore;
import io.infraai.policies.ActionPlanner;
import io.infraai.policies.PolicyEvaluator;
import io.infraai.policies.PolicyIndex;
import io.infraai.policies.PolicyReading;

/** Evaluates policies as healing does, on alerts that nobody sent. */
@ApplicationScoped
class Simulation {

    private final PolicyStore store;
    private final PolicyDesk desk;
    private final KnownTools tools;
    private final ProtectionConfig protection;
    private final Clock clock;

    record Forecast(List<ForAlert> alerts) {}

    /**
     * @param index the alert's place in the request
     * @param matched every policy whose condition holds, in order
     */
    record ForAlert(int index, List<Match> matched) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Match(long policyId, Outcome outcome, String reason) {}

    Simulation(PolicyStore store, PolicyDesk desk, KnownTools tools, ProtectionConfig protection, Clock clock) {
        this.store = store;
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
                        // a million evaluations would hold up the event loop
                        .emitOn(Infrastructure.getDefaultWorkerPool())
                        .map(policies -> forecast(policies, request.alerts(), known, now)));
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

    private Forecast forecast(List<Policy> policies, List<Alert> alerts, KnownTools.Snapshot known, Instant now) {
        var index = new PolicyIndex();
        policies.forEach(index::put);
        var evaluator = new PolicyEvaluator(index, new ActionPlanner(known, protection.protectedNamespaces()));
        return new Forecast(IntStream.range(0, alerts.size())
                .mapToObj(i -> new ForAlert(
                        i,
                        evaluator.evaluate(alerts.get(i), now).stream()
                                .map(each -> new Match(each.policy().id(), each.outcome(), each.reason()))
                                .toList()))
                .toList());
    }
}
