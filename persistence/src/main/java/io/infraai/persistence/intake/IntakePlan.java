package io.infraai.persistence.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.infraai.contracts.alert.Alert;
import io.infraai.contracts.alert.AlertKey;
import io.infraai.persistence.intake.AlertIntake.Batch;
import io.infraai.persistence.intake.AlertIntake.Receipt;
import io.infraai.persistence.intake.AlertIntake.Received;
import io.infraai.persistence.intake.EpisodeRule.Message;
import io.infraai.persistence.intake.EpisodeRule.Step;

/** Follows alerts through their episodes in memory, message by message, and says what is to be written in the end. */
final class IntakePlan {

    private final Instant now;
    private final Map<String, AlertState> stored;

    // in the order of the keys, the same in every transaction, so that two of them never wait for each other in a
    // circle
    private final Map<String, AlertState> states = new TreeMap<>();
    private final Map<UUID, Change> changes = new LinkedHashMap<>();

    /**
     * @param stored what the database knows, by the hexadecimal key
     */
    IntakePlan(Map<String, AlertState> stored, Instant now) {
        this.stored = stored;
        this.now = now;
    }

    Receipt add(Batch batch) {
        int opened = 0;
        int repeated = 0;
        int resolved = 0;
        int stale = 0;
        var episodes = new ArrayList<UUID>();
        for (var received : batch.alerts()) {
            var step = step(received, batch.traceparent());
            switch (step.effect()) {
                case OPENED, SUPERSEDED -> {
                    opened++;
                    episodes.add(EpisodeIds.of(received.key(), step.next().seq()));
                }
                case REPEATED, REOPENED -> repeated++;
                case RESOLVED, RECORDED -> resolved++;
                case STALE -> stale++;
            }
        }
        return new Receipt(opened, repeated, resolved, stale, episodes);
    }

    private Step step(Received received, @Nullable String traceparent) {
        var key = received.key();
        var alert = received.alert();
        var before = states.getOrDefault(key.hex(), stored.get(key.hex()));
        var step = EpisodeRule.apply(before, new Message(alert.status(), alert.startsAt(), alert.endsAt()), now);
        states.put(key.hex(), step.next());
        switch (step.effect()) {
            case OPENED -> opened(key, step.next(), alert, traceparent);
            case SUPERSEDED -> {
                closed(key, before, "superseded", null);
                opened(key, step.next(), alert, traceparent);
            }
            case REOPENED -> reopened(key, step.next());
            case RESOLVED -> closed(key, before, "resolved", step.next().endedAt());
            case REPEATED, RECORDED, STALE -> {
                // nothing that the episode itself would tell
            }
        }
        return step;
    }

    private void opened(AlertKey key, AlertState state, Alert alert, @Nullable String traceparent) {
        var id = EpisodeIds.of(key, state.seq());
        changes.put(id, new Change(id, key, state.seq(), alert, "firing", null, 0, traceparent));
    }

    private void reopened(AlertKey key, AlertState state) {
        change(key, state, "firing", null);
    }

    private void closed(AlertKey key, @Nullable AlertState before, String state, @Nullable Instant endsAt) {
        if (before != null) {
            change(key, before, state, endsAt);
        }
    }

    private void change(AlertKey key, AlertState of, String state, @Nullable Instant endsAt) {
        var id = EpisodeIds.of(key, of.seq());
        var made = changes.get(id);
        var alert = made == null ? null : made.alert();
        var traceparent = made == null ? null : made.traceparent();
        changes.put(id, new Change(id, key, of.seq(), alert, state, endsAt, of.repeats(), traceparent));
    }

    /** States of keys that the database didn't know. */
    List<StateRow> newStates() {
        return rows(false);
    }

    List<StateRow> changedStates() {
        return rows(true);
    }

    private List<StateRow> rows(boolean known) {
        return states.entrySet().stream()
                .filter(each -> stored.containsKey(each.getKey()) == known)
                .map(each -> new StateRow(new AlertKey(each.getKey()), each.getValue()))
                .toList();
    }

    /** Episodes that began, as they stand at the end of the batch. */
    Collection<Change> newEpisodes() {
        return changes.values().stream().filter(each -> each.alert() != null).toList();
    }

    /** Earlier episodes that ended or began again, by id. */
    List<Change> changedEpisodes() {
        return changes.values().stream()
                .filter(each -> each.alert() == null)
                .sorted((one, other) -> one.id().compareTo(other.id()))
                .toList();
    }

    record StateRow(AlertKey key, AlertState state) {

        @Nullable
        UUID episode() {
            return state.seq() == 0 ? null : EpisodeIds.of(key, state.seq());
        }
    }

    /**
     * @param alert what opened it; absent for an episode that was there before
     * @param traceparent of the message that opened it
     */
    record Change(
            UUID id,
            AlertKey key,
            int seq,
            @Nullable Alert alert,
            String state,
            @Nullable Instant endsAt,
            int repeats,
            @Nullable String traceparent) {

        boolean closed() {
            return !state.equals("firing");
        }
    }
}
