package io.infraai.simulators.kubernetes;

import java.util.Arrays;

/** The ways in which a pod is ill, named as the kubelet names them. */
public enum Breakage {
    CRASH_LOOP_BACK_OFF("CrashLoopBackOff"),
    OOM_KILLED("OOMKilled"),
    NOT_READY("NotReady");

    private final String wireName;

    Breakage(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    /** @throws IllegalArgumentException when there is no such breakage */
    public static Breakage named(String name) {
        return Arrays.stream(values())
                .filter(breakage -> breakage.wireName.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'%s' is none of CrashLoopBackOff, OOMKilled, NotReady".formatted(name)));
    }
}
