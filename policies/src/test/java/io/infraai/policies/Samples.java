package io.infraai.policies;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.infraai.contracts.alert.Alert;
import io.infraai.contracts.alert.AlertStatus;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.policy.Condition;
import io.infraai.contracts.policy.Policy;
import io.infraai.contracts.policy.PolicyMode;
import io.infraai.policies.PolicyReading.Fault;
import io.infraai.policies.PolicyReading.Invalid;
import io.infraai.policies.PolicyReading.Valid;

/** Alerts and policies that tests start from. */
final class Samples {

    static final Instant NOW = Instant.parse("2026-03-04T12:00:00Z");
    static final ObjectMapper JSON = new ObjectMapper();

    private static final PolicyReader READER = new PolicyReader(new SampleTools(), PolicyMode.AUTO);

    private Samples() {}

    static Alert alert(String... namesAndValues) {
        return alert(AlertStatus.FIRING, namesAndValues);
    }

    static Alert alert(AlertStatus status, String... namesAndValues) {
        return alert(status, labels(namesAndValues), Map.of());
    }

    static Alert alert(AlertStatus status, Map<String, String> labels, Map<String, String> annotations) {
        return new Alert(status, labels, annotations, NOW.minusSeconds(600), null, null, "f1");
    }

    static Map<String, String> labels(String... namesAndValues) {
        var labels = new java.util.HashMap<String, String>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            labels.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return labels;
    }

    static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** A policy with the given condition and a fitting action. */
    static ObjectNode withCondition(String condition) {
        return json("""
                {"name": "p", "condition": %s, "action": {"tool": "restart_pod",
                 "params": {"pod_name": "${label.pod}", "namespace": "shop"}}}""".formatted(condition));
    }

    static ObjectNode withAction(String action) {
        return json("""
                {"name": "p", "condition": {"labels": {"alertname": "A"}}, "action": %s}""".formatted(action));
    }

    /** A policy with further fields. */
    static ObjectNode with(String fields) {
        return json("""
                {"name": "p", "condition": {"labels": {"alertname": "A"}}, "action": {"tool": "get_policies"}, %s}""".formatted(fields));
    }

    static PolicyReading read(ObjectNode document) {
        return READER.read(TenantId.DEFAULT, 1, 1, document);
    }

    static Policy stored(long id, String document) {
        return switch (READER.readStored(TenantId.DEFAULT, id, 1, json(document))) {
            case Valid(var policy, var _) -> policy;
            case Invalid(var faults) -> throw new AssertionError(faults);
        };
    }

    static Policy valid(ObjectNode document) {
        return switch (read(document)) {
            case Valid(var policy, var _) -> policy;
            case Invalid(var faults) -> throw new AssertionError(faults);
        };
    }

    static ObjectNode normalised(ObjectNode document) {
        return switch (read(document)) {
            case Valid(var _, var normalised) -> normalised;
            case Invalid(var faults) -> throw new AssertionError(faults);
        };
    }

    static Condition condition(String text) {
        return valid(withCondition(text)).condition();
    }

    static boolean holds(String condition, Alert alert) {
        return CompiledCondition.of(condition(condition)).holds(alert, NOW);
    }

    /** What is wrong with it; fails when nothing is. */
    static List<Fault> faults(ObjectNode document) {
        return switch (read(document)) {
            case Valid valid -> throw new AssertionError("accepted: " + valid.document());
            case Invalid(var faults) -> faults;
        };
    }

    static Fault fault(ObjectNode document) {
        return faults(document).getFirst();
    }

    static Fault conditionFault(String condition) {
        return fault(withCondition(condition));
    }
}
