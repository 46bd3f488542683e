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

    /** Ends waiting tasks that are too old ({@code expired}) or whose episode has closed ({@code cancelled}); says how many. */
    Uni<Integer> endStale(int limit);
}
