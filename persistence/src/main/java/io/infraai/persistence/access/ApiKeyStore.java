package io.infraai.persistence.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.identity.Role;
import io.infraai.contracts.identity.TenantId;

/** API keys, of which only a keyed hash of the secret is stored. */
public interface ApiKeyStore {

    /** Across tenants, since a key says whose it is. */
    Uni<Optional<ApiKey>> byId(String keyId);

    /**
     * @param by who made it, for the audit log
     */
    Uni<Void> create(ApiKey key, String by);

    Uni<List<ApiKey>> all(TenantId tenant);

    /** False when there is no such key. */
    Uni<Boolean> revoke(TenantId tenant, String keyId, String by);

    /** Whether any tenant has a key with this role that still works. */
    Uni<Boolean> anyWith(Role role);

    /**
     * @param id public part of the key, 12 characters
     * @param hash HMAC-SHA256 of the secret part, in hexadecimal
     */
    record ApiKey(
            TenantId tenant,
            String id,
            String name,
            String hash,
            Set<Role> roles,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant revokedAt) {}
}
