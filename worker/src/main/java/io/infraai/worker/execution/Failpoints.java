package io.infraai.worker.execution;

/**
 * Places where a kill test ends the process as {@code kill -9} would. They do nothing unless the system property {@code
 * infraai.failpoint} names them.
 */
public final class Failpoints {

    private static final String ARMED = System.getProperty("infraai.failpoint", "");

    private Failpoints() {}

    public static void hit(String name) {
        if (ARMED.equals(name)) {
            Runtime.getRuntime().halt(137);
        }
    }
}
