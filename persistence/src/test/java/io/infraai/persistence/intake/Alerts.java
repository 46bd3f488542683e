package io.infraai.persistence.intake;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.infraai.contracts.alert.Alert;
import io.infraai.contracts.alert.AlertKey;
import io.infraai.contracts.alert.AlertStatus;
import io.infraai.contracts.identity.TenantId;
import io.infraai.persistence.intake.AlertIntake.Batch;
import io.infraai.persistence.intake.AlertIntake.Received;

/** Alerts for tests. */
public final class Alerts {

    private Alerts() {}

    public static Alert firing(String name, Instant startsAt) {
        return alert(AlertStatus.FIRING, name, startsAt, null);
    }

    public static Alert resolved(String name, Instant startsAt, Instant endsAt) {
        return alert(AlertStatus.RESOLVED, name, startsAt, endsAt);
    }

    private static Alert alert(AlertStatus status, String name, Instant startsAt, @Nullable Instant endsAt) {
        return new Alert(
                status,
                Map.of("alertname", name, "namespace", "shop"),
                Map.of("summary", "It is broken"),
                startsAt,
                endsAt,
                null,
                "abc");
    }

    public static Batch batch(TenantId tenant, Alert... alerts) {
        return batch(tenant, Arrays.asList(alerts));
    }

    public static Batch batch(TenantId tenant, List<Alert> alerts) {
        return new Batch(
                IntStream.range(0, alerts.size())
                        .mapToObj(i -> new Received(
                                i, AlertKey.of(tenant, alerts.get(i).labels(), Set.of()), alerts.get(i)))
                        .toList(),
                List.of());
    }
}
