package io.infraai.benchmarks.drain;

import java.util.List;

/**
 * How a queue was emptied.
 *
 * @param millis what a change takes
 * @param seconds from the first worker's first step to the last task's end
 * @param shares the tasks that each worker ended
 * @param notDone tasks that ended otherwise than done
 * @param cpuMillis the workers' CPU time for one task
 */
record Drained(
        int millis,
        int workers,
        int tasks,
        double seconds,
        double cpuMillis,
        List<Long> shares,
        long notDone,
        List<Moment> moments) {

    double rate() {
        return tasks / seconds;
    }

    long least() {
        return shares.stream().mapToLong(Long::longValue).min().orElse(0);
    }

    long most() {
        return shares.stream().mapToLong(Long::longValue).max().orElse(0);
    }
}
