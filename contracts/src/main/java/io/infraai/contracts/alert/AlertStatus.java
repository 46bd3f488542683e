package io.infraai.contracts.alert;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** An alert's own status, in Alertmanager's words. */
public enum AlertStatus {
    FIRING("firing"),
    RESOLVED("resolved");

    private final String wire;

    AlertStatus(String wire) {
        this.wire = wire;
    }

    @JsonValue
    public String wire() {
        return wire;
    }

    /**
     * @throws IllegalArgumentException for anything but {@code firing} and {@code resolved}, in lower case
     */
    @JsonCreator
    public static AlertStatus of(String wire) {
        for (var status : values()) {
            if (status.wire.equals(wire)) {
                return status;
            }
        }
        throw new IllegalArgumentException("An alert's status is 'firing' or 'resolved', unlike '" + wire + "'");
    }
}
