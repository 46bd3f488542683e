package io.infraai.benchmarks.chaos;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import io.infraai.benchmarks.chaos.Alert.Action;

/**
 * What Alertmanager posts at once.
 *
 * @param twice by two Alertmanagers at the same time, each to another gateway
 */
record Webhook(Says says, List<Alert> alerts, boolean twice) {

    private static final int MOST_ALERTS = 5;

    /** A repetition or a resolution comes behind at most so many later alerts. */
    private static final int LATER = 100;

    /** About its alerts. */
    enum Says {
        FIRING,
        STILL_FIRING,
        RESOLVED
    }

    /**
     * @param after so many new alerts
     */
    private record Placed(int after, Webhook webhook) {}

    Webhook {
        alerts = List.copyOf(alerts);
    }

    /** In the order in which they are sent: every fifth twice, every tenth alert repeated, every twentieth resolved. */
    static List<Webhook> draw(Options options) {
        // another sequence than that of the faults
        var random = new Random(~options.seed());
        List<Placed> placed = new ArrayList<>();
        for (int first = 0; first < options.alerts(); ) {
            var alerts = alerts(first, Math.min(options.alerts(), first + 1 + random.nextInt(MOST_ALERTS)), random);
            placed.add(new Placed(first, new Webhook(Says.FIRING, alerts, random.nextInt(5) == 0)));
            for (var alert : alerts) {
                var chance = random.nextInt(20);
                if (chance < 3) {
                    var says = chance == 0 ? Says.RESOLVED : Says.STILL_FIRING;
                    placed.add(new Placed(
                            alert.number() + random.nextInt(LATER), new Webhook(says, List.of(alert), false)));
                }
            }
            first += alerts.size();
        }
        return placed.stream()
                .sorted(Comparator.comparingInt(Placed::after))
                .map(Placed::webhook)
                .toList();
    }

    private static List<Alert> alerts(int from, int to, Random random) {
        var actions = Action.values();
        return IntStream.range(from, to)
                .mapToObj(number -> new Alert(number, actions[random.nextInt(actions.length)]))
                .toList();
    }
}
