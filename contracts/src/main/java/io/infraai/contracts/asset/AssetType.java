package io.infraai.contracts.asset;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * What an asset is, from the least telling to the most: of one that several places know, the most telling stays.
 */
public enum AssetType {
    /** Something that answers in the network; no more is known. */
    HOST,
    VIRTUAL_MACHINE,
    HYPERVISOR,
    KUBERNETES_NODE;

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException when there is no such type
     */
    @JsonCreator
    public static AssetType of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
