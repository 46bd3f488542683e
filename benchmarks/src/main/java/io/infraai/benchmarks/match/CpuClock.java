package io.infraai.benchmarks.match;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** The time this thread has spent computing, in nanoseconds: what else the machine does counts little. */
final class CpuClock {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private CpuClock() {}

    static long now() {
        return THREADS.getCurrentThreadCpuTime();
    }
}
