package io.infraai.policies;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.infraai.contracts.alert.Alert;
import io.infraai.contracts.alert.AlertStatus;
import io.infraai.contracts.policy.Condition;
import io.infraai.contracts.policy.Condition.AllOf;
import io.infraai.contracts.policy.Condition.AnyOf;
import io.infraai.contracts.policy.Condition.FiringFor;
import io.infraai.contracts.policy.Condition.LabelMatch;
import io.infraai.contracts.policy.Condition.StatusIs;
import io.infraai.contracts.policy.MatchOperator;
import io.infraai.contracts.policy.Policy;

import static org.assertj.core.api.Assertions.assertThat;

class PolicyIndexChangesTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Alert CRASH = alert(Map.of("alertname", "PodCrashLoop", "namespace", "web", "team", "blue"));

    private final RandomPolicies policies = new RandomPolicies(1);
    private final PolicyIndex index = new PolicyIndex();

    @Test
    void aPolicyIsFoundUntilItIsRemoved() {
        index.put(policies.policy(1, label("alertname", "PodCrashLoop")));
        assertThat(matching(CRASH)).containsExactly(1L);

        index.remove(1);

        assertThat(matching(CRASH)).isEmpty();
        assertThat(index.size()).isZero();
    }

    @Test
    void removingAnUnknownPolicyChangesNothing() {
        index.put(policies.policy(1, label("alertname", "PodCrashLoop")));

        index.remove(2);

        assertThat(matching(CRASH)).containsExactly(1L);
    }

    @Test
    void aPolicyPutAgainTakesTheOldOnesPlace() {
        index.put(policies.policy(1, label("alertname", "NodeDown")));

        index.put(policies.policy(1, label("team", "blue")));

        assertThat(matching(CRASH)).containsExactly(1L);
        assertThat(matching(alert(Map.of("alertname", "NodeDown")))).isEmpty();
        assertThat(index.size()).isEqualTo(1);
    }

    @Test
    void twoValuesForOneLabelAreNeverMet() {
        index.put(policies.policy(1, new AllOf(List.of(label("team", "blue"), label("team", "red")))));

        assertThat(matching(CRASH)).isEmpty();
        assertThat(matching(alert(Map.of("team", "red")))).isEmpty();
    }

    @Test
    void equalityWithTheEmptyTextIsMetByAnAlertWithoutTheLabel() {
        index.put(policies.policy(1, new AllOf(List.of(label("team", "blue"), label("zone", "")))));

        assertThat(matching(CRASH)).containsExactly(1L);
        assertThat(matching(alert(Map.of("team", "blue", "zone", "eu")))).isEmpty();
    }

    @Test
    void manyPoliciesForTheSameLabelsAreAllFound() {
        IntStream.range(0, 500).forEach(id -> index.put(policies.policy(id, label("team", "blue"))));

        assertThat(matching(CRASH)).hasSize(500);
    }

    @Test
    void valuesMadeToCollideAreToldApart() {
        var texts = colliding(10);
        IntStream.range(0, texts.size()).forEach(id -> index.put(policies.policy(id, label("team", texts.get(id)))));

        assertThat(texts.stream().map(String::hashCode).distinct()).hasSize(1);
        for (int id = 0; id < texts.size(); id++) {
            assertThat(matching(alert(Map.of("team", texts.get(id))))).containsExactly((long) id);
        }
        IntStream.range(0, texts.size() - 1).forEach(index::remove);
        assertThat(matching(alert(Map.of("team", texts.getLast())))).hasSize(1);
    }

    @Test
    void morePoliciesLabelsThanTheAlertHasAreNoObstacle() {
        for (int id = 0; id < 200; id++) {
            index.put(policies.policy(
                    id, new AllOf(List.of(label("alertname", "PodCrashLoop"), label("x" + id, "on")))));
        }

        assertThat(matching(alert(Map.of("alertname", "PodCrashLoop", "x17", "on"))))
                .containsExactly(17L);
    }

    @Test
    void noEqualityIsForgottenWhereTooManyAlternativesMeet() {
        var many = new AnyOf(IntStream.range(0, 8)
                .<Condition>mapToObj(i -> label("namespace", i == 0 ? "web" : "n" + i))
                .toList());
        var more = new AnyOf(IntStream.range(0, 8)
                .<Condition>mapToObj(i -> label("alertname", i == 0 ? "PodCrashLoop" : "a" + i))
                .toList());
        index.put(policies.policy(1, new AllOf(List.of(many, new AllOf(List.of(label("team", "red"), more))))));
        index.put(policies.policy(2, new AllOf(List.of(many, new AllOf(List.of(label("team", "blue"), more))))));

        assertThat(matching(CRASH)).containsExactly(2L);
    }

    @Test
    void aPolicyThatFailsIsNotMetAndSparesTheOthers() {
        index.put(policies.policy(1, label("alertname", "PodCrashLoop")));
        index.put(policies.policy(2, new FiringFor(Duration.ofSeconds(Long.MAX_VALUE))));

        assertThat(matching(CRASH)).containsExactly(1L);
    }

    @Test
    void aReaderSeesAPolicyExactlyOnceWhileItIsReplacedAndOthersComeAndGo() throws Exception {
        List<Condition> shapes = List.of(
                label("alertname", "PodCrashLoop"),
                new AllOf(List.of(label("team", "blue"), label("namespace", "web"))),
                new StatusIs(AlertStatus.FIRING));
        index.put(policies.policy(0, shapes.getFirst()));
        try (var writer = Executors.newSingleThreadExecutor()) {
            var writing = writer.submit(() -> {
                for (int i = 1; i < 30_000; i++) {
                    index.put(policies.policy(0, shapes.get(i % 3)));
                    index.put(policies.policy(1 + i % 90, label("team", "t" + i % 90)));
                    index.remove(1 + (i + 45) % 90);
                }
            });
            var seen = new ArrayList<List<Long>>();
            do {
                seen.add(matching(CRASH));
            } while (!writing.isDone());
            writing.get(1, TimeUnit.MINUTES);

            assertThat(seen).allSatisfy(ids -> assertThat(ids).containsExactly(0L));
        }
    }

    private List<Long> matching(Alert alert) {
        return index.matching(alert, NOW).stream().map(Policy::id).toList();
    }

    /** Texts of the given number of syllables, all with one hash code. */
    private static List<String> colliding(int syllables) {
        var texts = Stream.of("");
        for (int i = 0; i < syllables; i++) {
            texts = texts.flatMap(text -> Stream.of(text + "Aa", text + "BB"));
        }
        return texts.toList();
    }

    private static LabelMatch label(String name, String value) {
        return new LabelMatch(name, MatchOperator.EQUAL, value);
    }

    private static Alert alert(Map<String, String> labels) {
        return new Alert(AlertStatus.FIRING, labels, Map.of(), NOW.minusSeconds(60), null, null, null);
    }
}
