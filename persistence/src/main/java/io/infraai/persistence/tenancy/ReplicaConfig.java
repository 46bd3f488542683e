package io.infraai.persistence.tenancy;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where the replica is, {@code quarkus.datasource.replica.*} says, as for every other database. */
@ConfigMapping(prefix = "infraai.postgresql.replica")
public interface ReplicaConfig {

    /** How old an answer from the replica may be. */
    @WithDefault("10s")
    Duration maxLag();
}
