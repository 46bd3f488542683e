package io.infraai.adapters.vmware;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where vCenter, or a lone ESXi host, is, who we are there, and bounds on what InfraAI asks of it. */
@ConfigMapping(prefix = "infraai.vmware")
public interface VmwareConfig {

    /** The address of its API, e.g. {@code https://vcenter.example.com/sdk}; plain HTTP only to this machine. */
    Optional<URI> url();

    /** The service account, e.g. {@code infraai@vsphere.local}. */
    Optional<String> user();

    /** A file that holds the account's password and nothing else; read at every login, so it may be rotated. */
    Optional<Path> passwordFile();

    /**
     * SHA-256 of the server's certificate in hex, with or without colons, for one that no known authority has signed. The
     * certificate must name the URL's host all the same. Without it the JVM's authorities are trusted.
     */
    Optional<String> thumbprint();

    /** How long connecting may take. */
    @WithDefault("3s")
    Duration connectTimeout();

    /** How long looking or asking once may take, with the login and all pages that it needs. */
    @WithDefault("10s")
    Duration callTimeout();

    /** How long to wait before a running task, or a machine that goes down, is looked at again. */
    @WithDefault("500ms")
    Duration pollInterval();

    /** How long to look for traces of a request whose answer was lost, before it is left in doubt. */
    @WithDefault("20s")
    Duration settleTime();

    /** Calls at once. */
    @WithDefault("8")
    int concurrency();

    /** Calls that may wait for a lane; more are held back. */
    @WithDefault("1000")
    int waiting();

    /** So many failures in a row open the circuit breaker. */
    @WithDefault("5")
    int breakerFailures();

    /** How long the breaker stays open, and a refused password isn't tried again: accounts are locked after a few. */
    @WithDefault("30s")
    Duration breakerDelay();
}
