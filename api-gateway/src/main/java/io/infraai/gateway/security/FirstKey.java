package io.infraai.gateway.security;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.infraai.contracts.identity.Role;
import io.infraai.contracts.identity.TenantId;
import io.infraai.persistence.access.ApiKeyStore;
import io.infraai.persistence.access.ApiKeyStore.ApiKey;

/** Makes the first admin's key at the first start. The log names its file, never the key. */
@ApplicationScoped
class FirstKey {

    private static final Logger LOG = Logger.getLogger(FirstKey.class);

    private final ApiKeyStore store;
    private final KeyHash hash;
    private final Path file;
    private final boolean allRoles;
    private final Clock clock;

    FirstKey(
            ApiKeyStore store,
            KeyHash hash,
            Clock clock,
            @ConfigProperty(name = "infraai.admin-key-file", defaultValue = ".infraai/admin.key") Path file,
            @ConfigProperty(name = "infraai.admin-key-all-roles", defaultValue = "false") boolean allRoles) {
        this.store = store;
        this.hash = hash;
        this.clock = clock;
        this.file = file;
        this.allRoles = allRoles;
    }

    void atStart(@Observes StartupEvent start) {
        ensured()
                .onFailure()
                .retry()
                .withBackOff(Duration.ofSeconds(1), Duration.ofSeconds(10))
                .indefinitely()
                .subscribe()
                .with(_ -> {}, failure -> LOG.error("No admin key could be made", failure));
    }

    private Uni<Void> ensured() {
        return store.anyWith(Role.ADMIN)
                .chain(exists -> exists ? Uni.createFrom().voidItem() : made());
    }

    /** A key that lies in the file already is taken: it may have been put there on purpose. */
    private Uni<Void> made() {
        var written = SecurityFiles.read(file)
                .orElseGet(() -> SecurityFiles.create(
                        file, KeyText.random(new SecureRandom()).whole()));
        var key = KeyText.parse(written.reveal())
                .orElseThrow(() -> new IllegalStateException("There is no API key in " + file));
        var first = new ApiKey(
                TenantId.DEFAULT,
                key.id(),
                "first-admin",
                hash.of(key.material()),
                roles(),
                clock.instant(),
                null,
                null);
        return store.create(first, "first-start")
                .invoke(() -> LOG.infof("The admin's key is in %s", file.toAbsolutePath()));
    }

    private Set<Role> roles() {
        return allRoles ? EnumSet.allOf(Role.class) : EnumSet.of(Role.ADMIN);
    }
}
