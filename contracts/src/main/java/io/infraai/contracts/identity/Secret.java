package io.infraai.contracts.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A value that can't be printed by accident. */
public final class Secret {

    private final String value;

    public Secret(String value) {
        this.value = value;
    }

    public String reveal() {
        return value;
    }

    /** Compares in a time that doesn't depend on how much of it is right. */
    public boolean sameAs(Secret other) {
        return MessageDigest.isEqual(
                value.getBytes(StandardCharsets.UTF_8), other.value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "***";
    }
}
