package io.infraai.contracts.asset;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Who told of an asset. */
public enum SeenBy {
    NETWORK_DISCOVERY,
    KUBERNETES,
    VMWARE;

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException when there is no such place
     */
    @JsonCreator
    public static SeenBy of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
