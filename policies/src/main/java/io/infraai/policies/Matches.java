package io.infraai.policies;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.infraai.contracts.alert.Alert;
import io.infraai.contracts.policy.Policy;

/** What has been found for one alert so far. */
final class Matches {

    private final Alert alert;
    private final Instant now;
    private @Nullable List<Row> found;

    Matches(Alert alert, Instant now) {
        this.alert = alert;
        this.now = now;
    }

    Map<String, String> labels() {
        return alert.labels();
    }

    void addHolding(Row head) {
        for (var row = head; row != null; row = row.next()) {
            if (row.residualHolds(alert, now)) {
                add(row);
            }
        }
    }

    private void add(Row row) {
        if (found == null) {
            found = new ArrayList<>();
        }
        found.add(row);
    }

    /** By priority, then by id; a policy found by several sets of values is in it once. */
    List<Policy> inOrder() {
        if (found == null) {
            return List.of();
        }
        if (found.size() == 1) {
            return List.of(found.getFirst().policy());
        }
        found.sort(Matches::compare);
        var policies = new Policy[found.size()];
        int count = 0;
        for (int i = 0; i < policies.length; i++) {
            if (i == 0 || compare(found.get(i - 1), found.get(i)) != 0) {
                policies[count++] = found.get(i).policy();
            }
        }
        return Collections.unmodifiableList(
                Arrays.asList(count == policies.length ? policies : Arrays.copyOf(policies, count)));
    }

    private static int compare(Row one, Row other) {
        int byPriority = Integer.compare(one.priority(), other.priority());
        return byPriority != 0
                ? byPriority
                : Long.compare(one.policy().id(), other.policy().id());
    }
}
