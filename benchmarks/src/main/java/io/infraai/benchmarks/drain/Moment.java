package io.infraai.benchmarks.drain;

import java.util.OptionalLong;

/**
 * The queue as it is at one moment.
 *
 * @param second since the workers began
 * @param open tasks that are waiting or running, from the table
 * @param lag entries of the stream that nobody has read; none where Redis doesn't tell
 * @param pending entries read and not acknowledged
 * @param replicas what KEDA would ask for
 */
record Moment(long second, long open, OptionalLong lag, long pending, int replicas) {}
