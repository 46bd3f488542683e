package io.infraai.gateway.alerts;

import java.time.Duration;
import java.util.Set;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How alerts are taken in. */
@ConfigMapping(prefix = "infraai.intake")
public interface IntakeConfig {

    /** Labels that only tell replicas of one Prometheus apart; left out when alerts are compared. */
    @WithDefault("prometheus_replica,replica")
    Set<String> replicaLabels();

    /**
     * How many bytes of webhooks are worked on at once; further ones wait. Many small ones share a commit, two of the largest
     * that are taken fill it.
     */
    @WithDefault("64M")
    MemorySize inWork();

    /** How long a webhook waits for its turn before it is answered 503. */
    @WithDefault("1s")
    Duration patience();

    /** How long one batch may take to be stored before the webhook is answered 503. */
    @WithDefault("2s")
    Duration storeTimeout();

    /** Alerts that are stored in one transaction; at most 500. */
    @WithDefault("500")
    int batch();
}
