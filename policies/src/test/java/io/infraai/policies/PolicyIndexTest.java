package io.infraai.policies;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.alert.Alert;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.policy.Condition;
import io.infraai.contracts.policy.Condition.AllOf;
import io.infraai.contracts.policy.Condition.AnyOf;
import io.infraai.contracts.policy.Condition.LabelMatch;
import io.infraai.contracts.policy.Limits;
import io.infraai.contracts.policy.MatchOperator;
import io.infraai.contracts.policy.Policy;
import io.infraai.contracts.policy.PolicyAction;
import io.infraai.contracts.policy.PolicyMode;
import io.infraai.contracts.policy.Verification;

import static io.infraai.policies.Samples.NOW;
import static io.infraai.policies.Samples.alert;
import static org.assertj.core.api.Assertions.assertThat;

class PolicyIndexTest {

    private final PolicyIndex index = new PolicyIndex();

    static Policy policy(long id, int revision, int priority, boolean enabled, Condition condition) {
        var action = new PolicyAction("get_policies", JsonNodeFactory.instance.objectNode());
        return new Policy(
                TenantId.DEFAULT,
                id,
                revision,
                "p" + id,
                condition,
                action,
                priority,
                PolicyMode.AUTO,
                enabled,
                false,
                Limits.DEFAULT,
                Verification.DEFAULT,
                List.of());
    }

    private static Policy policy(long id, Condition condition) {
        return policy(id, 1, 100, true, condition);
    }

    private static LabelMatch label(String name, MatchOperator operator, String value) {
        return new LabelMatch(name, operator, value);
    }

    private static LabelMatch is(String name, String value) {
        return label(name, MatchOperator.EQUAL, value);
    }

    private List<Long> ids(Alert alert) {
        return index.matching(alert, NOW).stream().map(Policy::id).toList();
    }

    @Test
    void policiesAreFoundByWhatTheAlertLooksLike() {
        index.put(policy(1, is("alertname", "A")));
        index.put(policy(2, new AllOf(List.of(is("alertname", "A"), is("severity", "critical")))));
        index.put(policy(3, new AllOf(List.of(is("alertname", "A"), is("severity", "warning")))));
        index.put(policy(4, is("team", "")));

        assertThat(ids(alert("alertname", "A", "severity", "critical"))).containsExactly(1L, 2L, 4L);
        assertThat(ids(alert("alertname", "B", "team", "x"))).isEmpty();
        assertThat(index.size()).isEqualTo(4);
    }

    @Test
    void theOrderIsByPriorityThenId() {
        index.put(policy(9, 1, 10, true, is("a", "1")));
        index.put(policy(3, 1, 20, true, is("b", "2")));
        index.put(policy(4, 1, 10, true, label("c", MatchOperator.NOT_EQUAL, "x")));
        index.put(policy(-5, 1, 10, true, is("a", "1")));

        assertThat(ids(alert("a", "1", "b", "2"))).containsExactly(-5L, 4L, 9L, 3L);
    }

    @Test
    void aSecondPutReplacesTheFirst() {
        index.put(policy(1, is("a", "1")));
        index.put(policy(1, is("b", "2")));

        assertThat(ids(alert("a", "1"))).isEmpty();
        assertThat(ids(alert("b", "2"))).containsExactly(1L);
        assertThat(index.size()).isEqualTo(1);
    }

    @Test
    void disabledPoliciesMatchNothing() {
        index.put(policy(1, is("a", "1")));
        index.put(policy(1, 2, 100, false, is("a", "1")));

        assertThat(ids(alert("a", "1"))).isEmpty();
        assertThat(index.size()).isZero();
    }

    @Test
    void removingWhatIsNotThereIsNoMatter() {
        index.remove(7);

        assertThat(index.size()).isZero();
    }

    @Test
    void aPolicyFoundOverTwoWaysIsGivenOnce() {
        index.put(policy(1, new AnyOf(List.of(is("a", "1"), is("b", "2")))));
        index.put(policy(2, label("a", MatchOperator.MATCHES, "1|2|3")));

        assertThat(ids(alert("a", "1", "b", "2"))).containsExactly(1L, 2L);
        assertThat(ids(alert("b", "2"))).containsExactly(1L);
    }

    @Test
    void aContradictionMatchesNothing() {
        index.put(policy(1, new AllOf(List.of(is("a", "1"), is("a", "2")))));

        assertThat(ids(alert("a", "1"))).isEmpty();
        assertThat(ids(alert("a", "2"))).isEmpty();
    }

    @Test
    void valuesOfOneHashAreToldApart() {
        // "Aa" and "BB" hash alike
        index.put(policy(1, is("a", "Aa")));
        index.put(policy(2, is("a", "BB")));
        index.put(policy(3, new AllOf(List.of(is("a", "Aa"), is("b", "BB")))));

        assertThat(ids(alert("a", "BB", "b", "Aa"))).containsExactly(2L);
        index.remove(1);
        assertThat(ids(alert("a", "BB"))).containsExactly(2L);
    }

    @Test
    void tenThousandPoliciesMayMatchOneAlert() {
        IntStream.range(0, 10_000).forEach(id -> index.put(policy(id, is("alertname", "A"))));
        var started = System.nanoTime();

        assertThat(ids(alert("alertname", "A"))).hasSize(10_000).isSorted();

        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void readersSeeOneSelfOfAPolicyWhileItIsReplaced() throws InterruptedException {
        var selves = List.of(policy(1, 1, 5, true, is("a", "1")), policy(1, 2, 7, true, is("b", "2")));
        var done = new AtomicBoolean();
        var never = new AtomicBoolean();
        var both = alert("a", "1", "b", "2");
        index.put(selves.getFirst());
        var reader = Thread.ofPlatform().start(() -> {
            while (!done.get()) {
                if (index.matching(both, NOW).size() != 1) {
                    never.set(true);
                }
            }
        });

        for (int i = 0; i < 200_000; i++) {
            index.put(selves.get(i % 2));
        }
        done.set(true);
        reader.join();

        assertThat(never).isFalse();
    }
}
