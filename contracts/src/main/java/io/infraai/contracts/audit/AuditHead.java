package io.infraai.contracts.audit;

import java.util.regex.Pattern;

/**
 * The state of a tenant's chain after an entry. Kept where nobody can change it who may change the log, it shows later that the
 * log still holds what it held.
 *
 * @param seq how many entries the chain had
 * @param hash the last one's, 64 hexadecimal digits
 */
public record AuditHead(long seq, String hash) {

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    /** Of a chain without entries. */
    public static final AuditHead START = new AuditHead(0, "0".repeat(64));

    public AuditHead {
        if (seq < 0 || !HASH.matcher(hash).matches()) {
            throw new IllegalArgumentException(
                    "A head is a number and 64 hexadecimal digits, unlike " + seq + ", " + hash);
        }
    }
}
