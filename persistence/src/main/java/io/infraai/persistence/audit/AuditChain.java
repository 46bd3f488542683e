package io.infraai.persistence.audit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

import io.vertx.core.buffer.Buffer;

import io.infraai.contracts.audit.AuditHead;
import io.infraai.contracts.identity.TenantId;
import io.infraai.persistence.audit.AuditLog.Place;

/**
 * A place in a tenant's chain, from which it can be carried on.
 *
 * @param hash of the last entry, {@link #WIDTH} bytes
 * @param end the last entry's place in the log
 */
record AuditChain(TenantId tenant, long seq, Buffer hash, Place end) {

    static final int WIDTH = 32;

    private static final Place NOWHERE = new Place(-1, -1);

    static AuditChain start(TenantId tenant) {
        return new AuditChain(tenant, 0, Buffer.buffer(new byte[WIDTH]), NOWHERE);
    }

    AuditHead head() {
        return new AuditHead(seq, HexFormat.of().formatHex(hash.getBytes()));
    }

    AuditChain then(ChainEntry entry) {
        var digest = sha256();
        digest.update(hash.getBytes());
        entry.feed(digest, tenant, seq + 1);
        return new AuditChain(tenant, seq + 1, Buffer.buffer(digest.digest()), entry.place());
    }

    /**
     * The block that these entries make.
     *
     * @param entries at least one, in the order of their places
     */
    ChainBlock block(List<ChainEntry> entries) {
        var hashes = Buffer.buffer(entries.size() * WIDTH);
        var chain = this;
        for (var entry : entries) {
            chain = chain.then(entry);
            hashes.appendBuffer(chain.hash);
        }
        return new ChainBlock(
                chain.seq, chain.end, hash, entries.stream().map(ChainEntry::id).toList(), hashes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
