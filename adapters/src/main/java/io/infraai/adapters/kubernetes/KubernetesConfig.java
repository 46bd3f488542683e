package io.infraai.adapters.kubernetes;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where the cluster is, and bounds on what InfraAI asks of it. */
@ConfigMapping(prefix = "infraai.kubernetes")
public interface KubernetesConfig {

    /**
     * The API server's address. With it nothing else is looked at; without it the pod's service account or the kubeconfig
     * says where the cluster is and who we are.
     */
    Optional<URI> url();

    /**
     * More clusters by the names that tools give them; one named {@code default} replaces what is said above. The bounds below
     * hold for each.
     */
    Map<String, ClusterAccess> clusters();

    /** How long connecting may take. */
    @WithDefault("2s")
    Duration connectTimeout();

    /** How long one call may take, its answer included. */
    @WithDefault("10s")
    Duration callTimeout();

    /** Calls at once. */
    @WithDefault("10")
    int concurrency();

    /** Calls that may wait for a lane; more are held back. */
    @WithDefault("1000")
    int waiting();

    /** So many failures in a row open the circuit breaker. */
    @WithDefault("5")
    int breakerFailures();

    /** How long the breaker stays open. */
    @WithDefault("30s")
    Duration breakerDelay();
}
