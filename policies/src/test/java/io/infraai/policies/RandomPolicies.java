package io.infraai.policies;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.infraai.contracts.alert.Alert;
import io.infraai.contracts.alert.AlertStatus;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.policy.Condition;
import io.infraai.contracts.policy.Condition.AllOf;
import io.infraai.contracts.policy.Condition.AnnotationMatch;
import io.infraai.contracts.policy.Condition.AnyOf;
import io.infraai.contracts.policy.Condition.During;
import io.infraai.contracts.policy.Condition.Expression;
import io.infraai.contracts.policy.Condition.FiringFor;
import io.infraai.contracts.policy.Condition.LabelMatch;
import io.infraai.contracts.policy.Condition.Not;
import io.infraai.contracts.policy.Condition.StatusIs;
import io.infraai.contracts.policy.Limits;
import io.infraai.contracts.policy.MatchOperator;
import io.infraai.contracts.policy.Policy;
import io.infraai.contracts.policy.PolicyAction;
import io.infraai.contracts.policy.PolicyMode;
import io.infraai.contracts.policy.Verification;

import static java.util.stream.Collectors.toCollection;

/** Policies, alerts and moments that often enough fit each other: few labels, few values. */
final class RandomPolicies {

    static final List<String> EXPRESSIONS =
            List.of("'a' in labels && labels.a == 'v1'", "has(labels.b)", "status == 'firing'");

    private static final Instant EPOCH = Instant.parse("2026-03-27T00:00:00Z");
    private static final List<String> LABELS = List.of("a", "b", "c", "d", "alertname");
    private static final List<String> VALUES = List.of("", "v1", "v2", "Aa", "BB");
    private static final List<String> PATTERNS =
            List.of("", "v.", "v1|v2", "v1|", "v", "(?i)AA", "v1{1,3}", "[^v]*", "Aa?");
    private static final List<String> ZONES = List.of("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata");

    private final Random random;

    RandomPolicies(long seed) {
        this.random = new Random(seed);
    }

    Policy policy(long id) {
        return policy(id, condition(3));
    }

    Policy policy(long id, Condition condition) {
        return new Policy(
                new TenantId("acme"),
                id,
                1,
                "policy " + id,
                condition,
                new PolicyAction("restart_pod", JsonNodeFactory.instance.objectNode()),
                random.nextInt(4),
                PolicyMode.AUTO,
                true,
                random.nextBoolean(),
                Limits.DEFAULT,
                Verification.DEFAULT,
                List.of());
    }

    Alert alert() {
        return new Alert(status(), texts(), texts(), moment(), null, null, null);
    }

    Instant moment() {
        // four days around the night in which Berlin's clocks go forward
        return EPOCH.plusSeconds(random.nextInt(4 * 24 * 60) * 60L);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    private Map<String, String> texts() {
        var texts = new HashMap<String, String>();
        for (var label : LABELS) {
            if (random.nextInt(4) > 0) {
                texts.put(label, one(VALUES));
            }
        }
        return texts;
    }

    private Condition condition(int depth) {
        return switch (random.nextInt(depth > 0 ? 16 : 10)) {
            case 0 -> new AnnotationMatch(one(LABELS), MatchOperator.EQUAL, one(VALUES));
            case 1 -> new AnnotationMatch(one(LABELS), MatchOperator.NOT_MATCHES, one(PATTERNS));
            case 2 -> new StatusIs(status());
            case 3 -> new FiringFor(Duration.ofMinutes(random.nextInt(3000)));
            case 4 -> random.nextInt(4) == 0 ? new Expression(one(EXPRESSIONS)) : during();
            case 5, 6, 7, 8, 9 -> labelMatch();
            case 10 -> new Not(condition(depth - 1));
            case 11, 12 -> new AnyOf(conditions(depth));
            default -> new AllOf(conditions(depth));
        };
    }

    private List<Condition> conditions(int depth) {
        return Stream.generate(() -> condition(depth - 1))
                .limit(1 + random.nextInt(4))
                .toList();
    }

    private LabelMatch labelMatch() {
        return switch (random.nextInt(6)) {
            case 0 -> new LabelMatch(one(LABELS), MatchOperator.NOT_EQUAL, one(VALUES));
            case 1 -> new LabelMatch(one(LABELS), MatchOperator.MATCHES, one(PATTERNS));
            case 2 -> new LabelMatch(one(LABELS), MatchOperator.NOT_MATCHES, one(PATTERNS));
            default -> new LabelMatch(one(LABELS), MatchOperator.EQUAL, one(VALUES));
        };
    }

    private During during() {
        var days = Stream.generate(() -> DayOfWeek.of(1 + random.nextInt(7)))
                .limit(1 + random.nextInt(5))
                .collect(toCollection(() -> EnumSet.noneOf(DayOfWeek.class)));
        var from = LocalTime.of(random.nextInt(24), 15 * random.nextInt(4));
        // equal times are left out: the reader takes them for the whole day, and writes them in one way only
        var to = from.plusMinutes(15L * (1 + random.nextInt(94)));
        return new During(days, from, to, ZoneId.of(one(ZONES)));
    }

    private AlertStatus status() {
        return random.nextInt(4) == 0 ? AlertStatus.RESOLVED : AlertStatus.FIRING;
    }

    private <T> T one(List<T> choice) {
        return choice.get(random.nextInt(choice.size()));
    }
}
