package io.infraai.benchmarks.chaos;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What there is to judge by, once nothing is left to do.
 *
 * @param effects what the cluster's own log says that calls changed
 * @param entries of the audit log, that tell of a change
 * @param chained whether the audit log's chain holds, to its end
 * @param refusals answers after which Alertmanager never sends again
 */
record Evidence(
        List<Sent> sent,
        List<Fate> fates,
        List<Made> effects,
        List<Entry> entries,
        boolean chained,
        List<String> refusals) {

    Evidence {
        sent = List.copyOf(sent);
        fates = List.copyOf(fates);
        effects = List.copyOf(effects);
        entries = List.copyOf(entries);
        refusals = List.copyOf(refusals);
    }

    /**
     * @param target what it is about, and nothing else is
     * @param taken whether it was answered with 200
     * @param resolved whether its end was told, too
     */
    record Sent(String alert, String target, boolean taken, boolean resolved) {}

    /**
     * What became of an alert: one of its episodes, with one decision about it.
     *
     * @param decision empty when there is none
     */
    record Fate(String alert, String episode, boolean undecided, String decision, Optional<Task> task) {}

    /**
     * @param attempts how often it was claimed
     * @param crashes how often its worker was gone
     */
    record Task(String uid, String state, String reason, int attempts, int crashes) {

        private static final Set<String> ENDS = Set.of("done", "failed", "in_doubt", "dead", "expired", "cancelled");

        boolean ended() {
            return ENDS.contains(state);
        }

        boolean done() {
            return state.equals("done");
        }
    }

    /**
     * @param task for which the call was made, empty when it didn't say
     */
    record Made(String task, String target) {}

    /**
     * @param state in which the task ended
     */
    record Entry(String task, String state) {}
}
