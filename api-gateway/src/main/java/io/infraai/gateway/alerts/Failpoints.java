package io.infraai.gateway.alerts;

import org.jspecify.annotations.Nullable;

/** Lets the kill test stop the process between two lines; does nothing unless the process was started with a failpoint. */
final class Failpoints {

    private static final @Nullable String ARMED = System.getProperty("infraai.failpoint");

    private Failpoints() {}

    static void hit(String name) {
        if (name.equals(ARMED)) {
            Runtime.getRuntime().halt(137);
        }
    }
}
