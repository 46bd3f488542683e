package io.infraai.gateway.alerts;

import java.util.ArrayList;
import java.util.List;

import io.infraai.persistence.intake.AlertIntake;
import io.infraai.persistence.intake.AlertIntake.Receipt;

/**
 * What a webhook is answered.
 *
 * @param received all alerts of the message, taken or set aside
 */
record IntakeAnswer(int received, int opened, int repeated, int resolved, int stale, List<Quarantined> quarantined) {

    /**
     * @param index place in the message, from 0
     */
    record Quarantined(int index, String reason) {}

    static IntakeAnswer none(int received) {
        return new IntakeAnswer(received, 0, 0, 0, 0, List.of());
    }

    IntakeAnswer and(Receipt receipt, List<AlertIntake.Quarantined> more) {
        var all = quarantined;
        if (!more.isEmpty()) {
            all = new ArrayList<>(quarantined);
            for (var each : more) {
                all.add(new Quarantined(each.index(), each.reason()));
            }
        }
        return new IntakeAnswer(
                received,
                opened + receipt.opened(),
                repeated + receipt.repeated(),
                resolved + receipt.resolved(),
                stale + receipt.stale(),
                all);
    }
}
