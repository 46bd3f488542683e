package io.infraai.persistence.task;

import java.time.Duration;
import java.util.List;

import io.smallrye.mutiny.Uni;

import io.infraai.contracts.stream.TaskRung;

/** Finds what bells and workers left behind; crosses tenants. For workers. */
public interface TaskSweep {

    /**
     * Tasks that are due and unclaimed, at the head of their target's line, and were not rung within {@code age}, and tasks whose lease has run out. Marks
     * them as rung.
     */
    Uni<List<TaskRung>> due(Duration age, int limit);

    /** What waits, of all tenants, for metrics: cheap enough for every few seconds, however much waits. */
    Uni<List<Waiting>> waiting();

    /**
     * @param what the state of tasks, {@code unverified} for those that are done and not judged yet, or {@code undecided} for
     *     episodes; those in doubt and dead are the last day's
     * @param count to {@value #MOST} at most
     * @param oldest for how long the one that has waited longest could have gone on; zero when there is none
     */
    record Waiting(String what, long count, Duration oldest) {

        /** More is too much in any case. */
        public static final int MOST = 10_000;
    }

    /** Ends waiting tasks that are too old ({@code expired}) or whose episode has closed ({@code cancelled}); says how many. */
    Uni<Integer> endStale(int limit);
}
