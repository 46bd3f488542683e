package io.infraai.adapters.vmware;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Bounds that make tests quick. */
record Bounds(Optional<URI> url, Optional<String> user, Optional<Path> passwordFile, Optional<String> thumbprint)
        implements VmwareConfig {

    static Bounds none() {
        return new Bounds(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    static Bounds of(String url, Path passwordFile) {
        return new Bounds(
                Optional.of(URI.create(url)), Optional.of("svc-infraai"), Optional.of(passwordFile), Optional.empty());
    }

    Bounds pinned(String newThumbprint) {
        return new Bounds(url, user, passwordFile, Optional.of(newThumbprint));
    }

    @Override
    public Duration connectTimeout() {
        return Duration.ofSeconds(1);
    }

    @Override
    public Duration callTimeout() {
        return Duration.ofSeconds(2);
    }

    @Override
    public Duration pollInterval() {
        return Duration.ofMillis(20);
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
