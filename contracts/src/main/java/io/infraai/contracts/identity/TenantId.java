package io.infraai.contracts.identity;

import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Whose data it is. Every row, envelope and store method carries one. */
public record TenantId(@JsonValue String value) {

    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    /** The tenant of an installation that has only one. */
    public static final TenantId DEFAULT = new TenantId("default");

    @JsonCreator
    public TenantId {
        if (!DNS_LABEL.matcher(value).matches()) {
            throw new IllegalArgumentException("A tenant id is a DNS label, unlike '" + value + "'");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
