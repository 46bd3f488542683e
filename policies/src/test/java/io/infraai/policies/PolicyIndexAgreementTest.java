package io.infraai.policies;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.RepeatedTest;

import io.infraai.contracts.alert.Alert;
import io.infraai.contracts.policy.Policy;

import static org.assertj.core.api.Assertions.assertThat;

/** The index against the naive evaluator. A failure names the seed; {@code -Dinfraai.seed=…} repeats it. */
class PolicyIndexAgreementTest {

    private final long seed = Long.getLong("infraai.seed", new Random().nextLong());
    private final RandomPolicies random = new RandomPolicies(seed);
    private final PolicyIndex index = new PolicyIndex();
    private final Map<Long, Policy> policies = new HashMap<>();

    @RepeatedTest(5)
    void everyPairOfPolicyAndAlertIsAnsweredAsTheNaiveEvaluatorDoes() {
        IntStream.range(0, 300).forEach(id -> put(random.policy(id)));

        for (int i = 0; i < 300; i++) {
            agree(random.alert(), random.moment());
        }
    }

    @RepeatedTest(5)
    void theyStillAgreeAfterEachOfManyChanges() {
        for (int i = 0; i < 1500; i++) {
            long id = random.below(60);
            if (random.below(3) == 0) {
                index.remove(id);
                policies.remove(id);
            } else {
                put(random.policy(id));
            }
            agree(random.alert(), random.moment());
        }
    }

    @RepeatedTest(5)
    void anIndexThatWasEmptiedIsAsNew() {
        IntStream.range(0, 200).forEach(id -> put(random.policy(id)));
        List.copyOf(policies.keySet()).forEach(id -> {
            index.remove(id);
            policies.remove(id);
        });
        agree(random.alert(), random.moment());

        put(random.policy(7));

        IntStream.range(0, 50).forEach(_ -> agree(random.alert(), random.moment()));
    }

    private void put(Policy policy) {
        index.put(policy);
        policies.put(policy.id(), policy);
    }

    private void agree(Alert alert, Instant now) {
        var expected = new NaiveEvaluator(alert, now).matching(policies.values());

        assertThat(index.matching(alert, now).stream().map(Policy::id))
                .as("seed %d, %s at %s", seed, alert, now)
                .isEqualTo(expected);
        assertThat(index.size()).isEqualTo(policies.size());
    }
}
