package io.infraai.persistence.access;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.identity.Role;
import io.infraai.contracts.identity.TenantId;
import io.infraai.persistence.access.ApiKeyStore.ApiKey;
import io.infraai.persistence.tenancy.Database;

import static io.infraai.persistence.tenancy.Database.await;
import static org.assertj.core.api.Assertions.assertThat;

class PgApiKeyStoreTest {

    private final Database database = Database.shared();
    private final ApiKeyStore keys = new PgApiKeyStore(database.scope());
    private final TenantId tenant = database.newTenant();

    @Test
    void aKeyIsFoundWithoutKnowingItsTenant() {
        var key = key(Set.of(Role.OPERATOR, Role.INGEST), null);
        await(keys.create(key, "key:admin"));

        assertThat(await(keys.byId(key.id()))).contains(key);
        assertThat(await(keys.all(tenant))).containsExactly(key);
        assertThat(await(keys.byId("unknown"))).isEmpty();
    }

    @Test
    void aKeyIsRevokedByItsOwnTenantOnlyAndOnce() {
        var key = key(Set.of(Role.VIEWER), null);
        await(keys.create(key, "key:admin"));

        assertThat(await(keys.revoke(database.newTenant(), key.id(), "key:admin")))
                .isFalse();
        assertThat(await(keys.revoke(tenant, key.id(), "key:admin"))).isTrue();
        var revokedAt = await(keys.byId(key.id())).orElseThrow().revokedAt();
        assertThat(await(keys.revoke(tenant, key.id(), "key:admin"))).isTrue();

        assertThat(await(keys.byId(key.id())).orElseThrow().revokedAt())
                .isNotNull()
                .isEqualTo(revokedAt);
    }

    @Test
    void onlyAKeyThatStillWorksCountsAsOneWithARole() {
        await(keys.create(key(Set.of(Role.AUDITOR), Instant.now().minusSeconds(1)), "key:admin"));
        assertThat(await(keys.anyWith(Role.AUDITOR))).isFalse();

        var works = key(Set.of(Role.AUDITOR), Instant.now().plusSeconds(600));
        await(keys.create(works, "key:admin"));
        assertThat(await(keys.anyWith(Role.AUDITOR))).isTrue();
        await(keys.revoke(tenant, works.id(), "key:admin"));
        assertThat(await(keys.anyWith(Role.AUDITOR))).isFalse();
    }

    private ApiKey key(Set<Role> roles, @Nullable Instant expiresAt) {
        return new ApiKey(
                tenant,
                UUID.randomUUID().toString().substring(24),
                "laptop",
                "ab".repeat(32),
                roles,
                now(),
                expiresAt == null ? null : expiresAt.truncatedTo(ChronoUnit.MICROS),
                null);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
