package io.infraai.gateway.alerts;

/** Lets the kill test stop the process between two lines; does nothing unless the process was started with a failpoint. */
final class Failpoints {

    private Failpoints() {}

    static void hit(String name) {
        // asked each time: a constant of a native executable is what its builder was told
        if (name.equals(System.getProperty("infraai.failpoint"))) {
            Runtime.getRuntime().halt(137);
        }
    }
}
