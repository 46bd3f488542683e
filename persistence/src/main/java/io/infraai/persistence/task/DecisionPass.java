package io.infraai.persistence.task;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.infraai.contracts.policy.Outcome;
import io.infraai.contracts.remediation.NewTask;
import io.infraai.contracts.remediation.TaskState;
import io.infraai.persistence.task.TaskCreation.EpisodeDecisions;
import io.infraai.persistence.task.TaskCreation.Judge;
import io.infraai.persistence.task.TaskCreation.Proposal;
import io.infraai.persistence.task.TaskCreation.TargetHistory;
import io.infraai.persistence.task.TaskCreation.Verdict;

/**
 * Judges proposals one after the other, each with what the ones before it did to its target. Holds what the database knew when
 * the targets were locked.
 */
final class DecisionPass {

    private final Map<UUID, Boolean> undecided;
    private final History history;
    private final boolean paused;
    private final Set<UUID> decided = new HashSet<>();
    private final List<Decided> decisions = new ArrayList<>();

    /**
     * @param undecided episodes without a decision, and whether each is still open
     */
    DecisionPass(Map<UUID, Boolean> undecided, History history, boolean paused) {
        this.undecided = undecided;
        this.history = history;
        this.paused = paused;
    }

    void add(int call, EpisodeDecisions episode, Judge judge) {
        var open = undecided.get(episode.episode());
        if (open == null || !decided.add(episode.episode())) {
            return;
        }
        var place = 0;
        for (var proposal : episode.proposals()) {
            decisions.add(decide(call, episode.episode(), place++, proposal, open, judge));
        }
    }

    private Decided decide(int call, UUID episode, int place, Proposal proposal, boolean open, Judge judge) {
        if (!proposal.outcome().acts()) {
            return new Decided(call, episode, place, proposal, proposal.outcome(), proposal.reason(), null);
        }
        var task = proposal.task();
        if (task == null) {
            throw new IllegalArgumentException("A proposal that acts needs a task: policy " + proposal.policyId());
        }
        var verdict = open
                ? judge.judge(proposal, history.of(proposal.policyId(), task.targetKey(), paused))
                : new Verdict(Outcome.SUPPRESSED, "The alert resolved meanwhile");
        if (!verdict.outcome().acts()) {
            return new Decided(call, episode, place, proposal, verdict.outcome(), verdict.reason(), null);
        }
        if (!task.dryRun()) {
            history.add(proposal.policyId(), task.targetKey());
        }
        return new Decided(call, episode, place, proposal, verdict.outcome(), verdict.reason(), task);
    }

    List<Decided> decisions() {
        return decisions;
    }

    List<Decided> withTask() {
        return decisions.stream().filter(each -> each.task() != null).toList();
    }

    /**
     * @param call which of the gathered calls it belongs to
     * @param task what is to be created for it
     */
    record Decided(
            int call,
            UUID episode,
            int place,
            Proposal proposal,
            Outcome outcome,
            String reason,
            @Nullable NewTask task) {

        /** One that people must agree to is queued, too: a worker finds out what exactly they are asked about. */
        TaskState initialState() {
            return switch (outcome) {
                case DISPATCHED, AWAITING_APPROVAL -> TaskState.QUEUED;
                case HELD -> TaskState.HELD;
                case SUPPRESSED, REJECTED, OBSERVED, SUPERSEDED ->
                    throw new IllegalStateException("There is no task for what is " + outcome);
            };
        }
    }

    /** What was done to targets, kept up to date while proposals are judged. */
    static final class History {

        private final Map<String, Map<Long, Duration>> sinceLast = new HashMap<>();
        private final Map<String, Integer> lastDay = new HashMap<>();

        void found(String target, long policy, Duration since, int day) {
            sinceLast.computeIfAbsent(target, _ -> new HashMap<>()).put(policy, since);
            lastDay.merge(target, day, Integer::sum);
        }

        void add(long policy, String target) {
            found(target, policy, Duration.ZERO, 1);
        }

        TargetHistory of(long policy, String target, boolean paused) {
            return new TargetHistory(
                    Optional.ofNullable(sinceLast.getOrDefault(target, Map.of()).get(policy)),
                    lastDay.getOrDefault(target, 0),
                    paused);
        }
    }
}
