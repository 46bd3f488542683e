package io.infraai.policies;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.infraai.contracts.alert.AlertStatus;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.policy.Condition.AllOf;
import io.infraai.contracts.policy.Condition.AnnotationMatch;
import io.infraai.contracts.policy.Condition.AnyOf;
import io.infraai.contracts.policy.Condition.Bound;
import io.infraai.contracts.policy.Condition.During;
import io.infraai.contracts.policy.Condition.Expression;
import io.infraai.contracts.policy.Condition.FiringFor;
import io.infraai.contracts.policy.Condition.LabelMatch;
import io.infraai.contracts.policy.Condition.MetricGuard;
import io.infraai.contracts.policy.Condition.Not;
import io.infraai.contracts.policy.Condition.StatusIs;
import io.infraai.contracts.policy.Limits;
import io.infraai.contracts.policy.MatchOperator;
import io.infraai.contracts.policy.Policy;
import io.infraai.contracts.policy.PolicyAction;
import io.infraai.contracts.policy.PolicyMode;
import io.infraai.contracts.policy.Verification;

import static org.assertj.core.api.Assertions.assertThat;

/** What version 1 stored must be read for ever. */
class StoredDocumentsTest {

    @Test
    void thePolicyThatVersion1StoredIsReadBack() {
        var policy = Samples.stored(42, """
                {"name":"Restart crashed pod","description":"d",
                 "condition":{"labels":{"alertname":"PodCrashLoop"},"status":"firing",
                   "annotation":"runbook","value":"r","match":"{severity=~\\"crit.*\\",env!=\\"dev\\",zone!~\\"x|y\\"}","firing_for":"5m",
                   "expr":"labels.a == 'b'","not":{"status":"resolved"},
                   "any":[{"label":"a","value":"1"},{"labels":{"b":"2","c":"3"}}],
                   "all":[{"promql":{"query":"up","below":1.5}}],
                   "during":{"days":["mon-tue"],"from":"08:00","to":"18:00","zone":"Europe/Berlin"}},
                 "action":{"tool":"restart_pod","params":{"pod_name":"${label.pod_name}","namespace":"shop"}},
                 "priority":10,"mode":"approve","enabled":false,"continue":true,
                 "limits":{"cooldown":"1h","per_target_per_day":3,"max_age":"30m"}}""");

        assertThat(policy)
                .isEqualTo(new Policy(
                        TenantId.DEFAULT,
                        42,
                        1,
                        "Restart crashed pod",
                        condition(),
                        new PolicyAction(
                                "restart_pod",
                                Samples.json("{\"pod_name\":\"${label.pod_name}\",\"namespace\":\"shop\"}")),
                        10,
                        PolicyMode.APPROVE,
                        false,
                        true,
                        new Limits(Duration.ofHours(1), 3, Duration.ofMinutes(30)),
                        Verification.DEFAULT,
                        List.of()));
    }

    private static AllOf condition() {
        return new AllOf(List.of(
                new LabelMatch("alertname", MatchOperator.EQUAL, "PodCrashLoop"),
                new StatusIs(AlertStatus.FIRING),
                new AnnotationMatch("runbook", MatchOperator.EQUAL, "r"),
                new LabelMatch("severity", MatchOperator.MATCHES, "crit.*"),
                new LabelMatch("env", MatchOperator.NOT_EQUAL, "dev"),
                new LabelMatch("zone", MatchOperator.NOT_MATCHES, "x|y"),
                new FiringFor(Duration.ofMinutes(5)),
                new Expression("labels.a == 'b'"),
                new Not(new StatusIs(AlertStatus.RESOLVED)),
                new AnyOf(List.of(
                        new LabelMatch("a", MatchOperator.EQUAL, "1"),
                        new AllOf(List.of(
                                new LabelMatch("b", MatchOperator.EQUAL, "2"),
                                new LabelMatch("c", MatchOperator.EQUAL, "3"))))),
                new MetricGuard("up", Bound.BELOW, 1.5),
                new During(
                        Set.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY),
                        LocalTime.of(8, 0),
                        LocalTime.of(18, 0),
                        ZoneId.of("Europe/Berlin"))));
    }
}
