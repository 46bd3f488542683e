package io.infraai.gateway.policies;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.infraai.contracts.alert.Alert;
import io.infraai.gateway.alerts.ExampleAlert;
import io.infraai.gateway.problem.Problem;
import io.infraai.gateway.problem.Problem.Fault;
import io.infraai.policies.Spans;

/**
 * What is to be simulated.
 *
 * @param inline policies that came along; empty when stored ones are meant
 * @param ids of stored policies; empty for all of them
 * @param since the alerts are those that came within this time
 */
record SimulationRequest(List<Inline> inline, Optional<Set<Long>> ids, List<Alert> alerts, Optional<Duration> since) {

    static final int MOST = 1_000;

    private static final Duration LONGEST = Duration.ofDays(90);
    private static final Set<String> FIELDS = Set.of("policies", "policy_ids", "alerts", "since");

    /**
     * @param id its own, or below zero by its place: -1 for the first
     */
    record Inline(int index, long id, ObjectNode document) {}

    static SimulationRequest of(ObjectNode body, Instant now) {
        var faults = new ArrayList<Fault>();
        body.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field)) {
                faults.add(new Fault("/" + field, "there is no such field"));
            }
        });
        if (body.has("policies") && body.has("policy_ids")) {
            faults.add(new Fault("/policy_ids", "give policies or policy_ids, not both"));
        }
        var inline = inline(body, faults);
        var ids = ids(body, faults);
        var since = since(body, faults);
        var alerts = alerts(body, faults, now);
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults).asException();
        }
        return new SimulationRequest(inline, ids, alerts, since);
    }

    boolean onStored() {
        return inline.isEmpty();
    }

    private static List<Inline> inline(ObjectNode body, List<Fault> faults) {
        var policies = new ArrayList<Inline>();
        var seen = new HashSet<Long>();
        for (var node : list(body, "policies", faults)) {
            var index = policies.size();
            var path = "/policies/" + index;
            var own = node.path("id");
            var id = own.isIntegralNumber() ? own.longValue() : -1L - index;
            if (!node.isObject()) {
                faults.add(new Fault(path, "a policy is an object"));
            } else if (!own.isMissingNode() && (!own.isIntegralNumber() || !own.canConvertToLong())) {
                faults.add(new Fault(path + "/id", "must be a whole number"));
            } else if (!seen.add(id)) {
                faults.add(new Fault(path + "/id", "is used twice"));
            }
            policies.add(
                    new Inline(index, id, node.isObject() ? PolicyView.withoutAdditions((ObjectNode) node) : body));
        }
        if (body.has("policies") && policies.isEmpty() && faults.isEmpty()) {
            faults.add(new Fault("/policies", "must not be empty"));
        }
        return policies;
    }

    private static Optional<Set<Long>> ids(ObjectNode body, List<Fault> faults) {
        if (!body.has("policy_ids")) {
            return Optional.empty();
        }
        var ids = new HashSet<Long>();
        for (var node : list(body, "policy_ids", faults)) {
            if (!node.isIntegralNumber() || !node.canConvertToLong()) {
                faults.add(new Fault("/policy_ids", "must hold whole numbers"));
                break;
            }
            ids.add(node.longValue());
        }
        return Optional.of(ids);
    }

    private static List<Alert> alerts(ObjectNode body, List<Fault> faults, Instant now) {
        var alerts = new ArrayList<Alert>();
        if (body.has("since")) {
            if (body.has("alerts")) {
                faults.add(new Fault("/since", "give alerts or since, not both"));
            }
            return alerts;
        }
        if (!body.has("alerts")) {
            faults.add(new Fault("/alerts", "is missing"));
            return alerts;
        }
        int index = 0;
        for (var node : list(body, "alerts", faults)) {
            switch (ExampleAlert.of(node, now)) {
                case ExampleAlert.Fit(var alert) -> alerts.add(alert);
                case ExampleAlert.Unfit(var reason) -> faults.add(new Fault("/alerts/" + index, reason));
            }
            index++;
        }
        return alerts;
    }

    private static Optional<Duration> since(ObjectNode body, List<Fault> faults) {
        if (!body.has("since")) {
            return Optional.empty();
        }
        var since = Spans.parse(body.get("since").asText()).filter(age -> age.compareTo(LONGEST) <= 0);
        if (since.isEmpty() || !body.get("since").isTextual()) {
            faults.add(new Fault("/since", "must be a duration such as 7d, up to " + LONGEST.toDays() + "d"));
        }
        return since;
    }

    private static Iterable<JsonNode> list(ObjectNode body, String field, List<Fault> faults) {
        var node = body.path(field);
        if (node.isMissingNode()) {
            return List.of();
        }
        if (!node.isArray() || node.size() > MOST) {
            faults.add(new Fault("/" + field, "must be a list of up to " + MOST));
            return List.of();
        }
        return node;
    }
}
