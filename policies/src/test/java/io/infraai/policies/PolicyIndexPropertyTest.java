package io.infraai.policies;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.infraai.contracts.alert.Alert;
import io.infraai.contracts.alert.AlertStatus;
import io.infraai.contracts.policy.Condition;
import io.infraai.contracts.policy.Condition.AllOf;
import io.infraai.contracts.policy.Condition.AnnotationMatch;
import io.infraai.contracts.policy.Condition.AnyOf;
import io.infraai.contracts.policy.Condition.Bound;
import io.infraai.contracts.policy.Condition.FiringFor;
import io.infraai.contracts.policy.Condition.LabelMatch;
import io.infraai.contracts.policy.Condition.MetricGuard;
import io.infraai.contracts.policy.Condition.Not;
import io.infraai.contracts.policy.Condition.StatusIs;
import io.infraai.contracts.policy.MatchOperator;
import io.infraai.contracts.policy.Policy;

import static io.infraai.policies.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

/** The index against the naive evaluation, to the last pair. The seed is in the test's display name. */
class PolicyIndexPropertyTest {

    private static final List<String> NAMES = List.of("a", "b", "c", "d", "alertname");
    private static final List<String> VALUES = List.of("", "x", "y", "z", "xy", "Aa", "BB");
    private static final List<String> PATTERNS = List.of(
            "", "x", "x|y", "x.*", "x?y", "(x|z)", ".*", ".+", "|x", "x|y|z|xy|Aa|BB", "[xy]+", "(?i)aA", "xyy*");

    static LongStream seeds() {
        return LongStream.concat(LongStream.range(0, 40), LongStream.of(new Random().nextLong()));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theIndexAgreesWithTheNaiveEvaluation(long seed) {
        var random = new Random(seed);
        var index = new PolicyIndex();
        var naive = new NaiveMatching();
        for (int step = 0; step < 150; step++) {
            change(random, index, naive);
            var alert = alert(random);
            assertThat(index.matching(alert, NOW).stream().map(Policy::id))
                    .as("seed %d, step %d, %s", seed, step, alert)
                    .containsExactlyElementsOf(naive.matching(alert, NOW));
        }
    }

    private static void change(Random random, PolicyIndex index, NaiveMatching naive) {
        for (int i = random.nextInt(6); i >= 0; i--) {
            long id = random.nextInt(120);
            if (random.nextInt(4) == 0) {
                index.remove(id);
                naive.remove(id);
            } else {
                var condition = condition(random, 3);
                var policy = PolicyIndexTest.policy(id, 1, random.nextInt(5), random.nextInt(10) > 0, condition);
                index.put(policy);
                naive.put(policy);
            }
        }
    }

    private static Condition condition(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 14 : 10)) {
            case 0 -> new StatusIs(random.nextBoolean() ? AlertStatus.FIRING : AlertStatus.RESOLVED);
            case 1 -> new AnnotationMatch(pick(random, NAMES), MatchOperator.EQUAL, pick(random, VALUES));
            case 2 -> new LabelMatch(pick(random, NAMES), MatchOperator.MATCHES, pick(random, PATTERNS));
            case 3 -> new LabelMatch(pick(random, NAMES), MatchOperator.NOT_MATCHES, pick(random, PATTERNS));
            case 4 -> new LabelMatch(pick(random, NAMES), MatchOperator.NOT_EQUAL, pick(random, VALUES));
            case 5 -> new FiringFor(Duration.ofMinutes(random.nextInt(20)));
            case 6 -> new MetricGuard("up", Bound.ABOVE, 1);
            case 7, 8, 9 -> new LabelMatch(pick(random, NAMES), MatchOperator.EQUAL, pick(random, VALUES));
            case 10 -> new Not(condition(random, depth - 1));
            case 11 -> new AnyOf(conditions(random, depth - 1));
            default -> new AllOf(conditions(random, depth - 1));
        };
    }

    private static List<Condition> conditions(Random random, int depth) {
        var conditions = new ArrayList<Condition>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            conditions.add(condition(random, depth));
        }
        return conditions;
    }

    private static Alert alert(Random random) {
        var status = random.nextInt(3) == 0 ? AlertStatus.RESOLVED : AlertStatus.FIRING;
        return new Alert(
                status, texts(random), texts(random), NOW.minusSeconds(random.nextInt(1_500)), null, null, null);
    }

    private static Map<String, String> texts(Random random) {
        var texts = new HashMap<String, String>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            texts.put(pick(random, NAMES), pick(random, VALUES));
        }
        return texts;
    }

    private static String pick(Random random, List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
