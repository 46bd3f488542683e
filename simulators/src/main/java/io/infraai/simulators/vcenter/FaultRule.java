package io.infraai.simulators.vcenter;

import java.time.Duration;

/**
 * Which calls go wrong, and how.
 *
 * @param operation such as {@code ResetVM_Task}, or {@code *}
 * @param times how many matching calls it strikes
 * @param status what {@link FaultKind#ERROR_BEFORE} answers
 * @param type the {@code xsi:type} of {@link FaultKind#SOAP_FAULT}
 * @param delay how long {@link FaultKind#LATENCY} waits
 */
public record FaultRule(String operation, int times, FaultKind kind, int status, String type, Duration delay) {

    public FaultRule {
        if (times < 1) {
            throw new IllegalArgumentException("A fault strikes at least once, not " + times + " times");
        }
    }

    public static FaultRule once(String operation, FaultKind kind) {
        return new FaultRule(operation, 1, kind, 503, "SystemError", Duration.ZERO);
    }

    public FaultRule times(int newTimes) {
        return new FaultRule(operation, newTimes, kind, status, type, delay);
    }

    public FaultRule answering(int newStatus) {
        return new FaultRule(operation, times, kind, newStatus, type, delay);
    }

    public FaultRule of(String newType) {
        return new FaultRule(operation, times, kind, status, newType, delay);
    }

    public FaultRule after(Duration newDelay) {
        return new FaultRule(operation, times, kind, status, type, newDelay);
    }

    boolean matches(String asked) {
        return operation.equals("*") || operation.equals(asked);
    }
}
