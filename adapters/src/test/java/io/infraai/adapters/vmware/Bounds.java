package io.infraai.adapters.vmware;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Bounds for tests. */
record Bounds(
        Optional<URI> url,
        Optional<String> user,
        Optional<Path> passwordFile,
        Optional<String> thumbprint,
        Duration callTimeout,
        Map<String, ServerAccess> servers)
        implements VmwareConfig {

    /** Enough for a machine that is busy with other tests. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    static Bounds none() {
        return new Bounds(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), PATIENCE, Map.of());
    }

    static Bounds of(String url, Path passwordFile) {
        return new Bounds(
                Optional.of(URI.create(url)),
                Optional.of("svc-infraai"),
                Optional.of(passwordFile),
                Optional.empty(),
                PATIENCE,
                Map.of());
    }

    Bounds pinned(String newThumbprint) {
        return new Bounds(url, user, passwordFile, Optional.of(newThumbprint), callTimeout, servers);
    }

    Bounds within(Duration time) {
        return new Bounds(url, user, passwordFile, thumbprint, time, servers);
    }

    Bounds beside(Map<String, ServerAccess> others) {
        return new Bounds(url, user, passwordFile, thumbprint, callTimeout, others);
    }

    @Override
    public Duration connectTimeout() {
        return Duration.ofSeconds(5);
    }

    @Override
    public Duration pollInterval() {
        return Duration.ofMillis(20);
    }

    @Override
    public Duration settleTime() {
        return Duration.ofMillis(300);
    }

    @Override
    public int concurrency() {
        return 8;
    }

    @Override
    public int waiting() {
        return 100;
    }

    @Override
    public int breakerFailures() {
        return 5;
    }

    @Override
    public Duration breakerDelay() {
        return Duration.ofSeconds(30);
    }
}
