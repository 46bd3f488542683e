package io.infraai.contracts.alert;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.infraai.contracts.identity.TenantId;

/**
 * What makes two alerts the same: SHA-256 over the tenant and the sorted labels. Labels that only tell replicas of one
 * Prometheus apart are left out. Computed here, since a sender's 64-bit fingerprint could be made to collide.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record AlertKey(String hex) {

    public static AlertKey of(TenantId tenant, Map<String, String> labels, Set<String> replicaLabels) {
        var digest = sha256();
        update(digest, tenant.value());
        new TreeMap<>(labels).forEach((name, value) -> {
            // an empty value is an absent label, as in PromQL
            if (!value.isEmpty() && !replicaLabels.contains(name)) {
                update(digest, name);
                update(digest, value);
            }
        });
        return new AlertKey(HexFormat.of().formatHex(digest.digest()));
    }

    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    /** Length first, so that no two lists of texts read the same. */
    private static void update(MessageDigest digest, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
