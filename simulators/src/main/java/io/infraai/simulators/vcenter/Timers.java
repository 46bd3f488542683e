package io.infraai.simulators.vcenter;

import java.time.Duration;

/** Runs something later, under the inventory's lock. */
@FunctionalInterface
interface Timers {

    void after(Duration delay, Runnable action);
}
