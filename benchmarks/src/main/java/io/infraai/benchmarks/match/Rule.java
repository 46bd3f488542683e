package io.infraai.benchmarks.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.infraai.contracts.alert.AlertStatus;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.policy.Condition;
import io.infraai.contracts.policy.Condition.AllOf;
import io.infraai.contracts.policy.Condition.LabelMatch;
import io.infraai.contracts.policy.Condition.StatusIs;
import io.infraai.contracts.policy.Limits;
import io.infraai.contracts.policy.MatchOperator;
import io.infraai.contracts.policy.Policy;
import io.infraai.contracts.policy.PolicyAction;
import io.infraai.contracts.policy.PolicyMode;
import io.infraai.contracts.policy.Verification;

/** What one policy asks for, before it is put into any engine's own words. */
record Rule(long id, int priority, Map<String, String> labels, boolean firingOnly) {

    private static final TenantId TENANT = new TenantId("default");
    private static final PolicyAction ACTION = new PolicyAction("restart_pod", JsonNodeFactory.instance.objectNode());

    Policy asPolicy() {
        var conditions = new ArrayList<Condition>();
        labels.forEach((label, value) -> conditions.add(new LabelMatch(label, MatchOperator.EQUAL, value)));
        if (firingOnly) {
            conditions.add(new StatusIs(AlertStatus.FIRING));
        }
        var condition = new AllOf(List.copyOf(conditions));
        return new Policy(
                TENANT,
                id,
                1,
                name(),
                condition,
                ACTION,
                priority,
                PolicyMode.AUTO,
                true,
                false,
                Limits.DEFAULT,
                Verification.DEFAULT,
                List.of());
    }

    String name() {
        return Long.toString(id);
    }

    /** In Event Ruler's rule language. */
    String asEventRulerPattern() {
        var wanted = labels.entrySet().stream()
                .map(label -> "\"%s\":[\"%s\"]".formatted(label.getKey(), label.getValue()))
                .collect(Collectors.joining(",", "{\"labels\":{", "}"));
        return wanted + (firingOnly ? ",\"status\":[\"firing\"]}" : "}");
    }
}
