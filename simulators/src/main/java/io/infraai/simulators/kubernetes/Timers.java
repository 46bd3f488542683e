package io.infraai.simulators.kubernetes;

import java.time.Duration;

/** Runs something later, under the cluster's lock. */
@FunctionalInterface
interface Timers {

    void after(Duration delay, Runnable action);
}
