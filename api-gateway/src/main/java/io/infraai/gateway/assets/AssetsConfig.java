package io.infraai.gateway.assets;

import java.util.Optional;
import java.util.Set;

import io.smallrye.config.ConfigMapping;

import io.infraai.contracts.asset.Subnet;

/** Where discovery may look; workers and engines read the same key and have the last word. */
@ConfigMapping(prefix = "infraai.network")
public interface AssetsConfig {

    /** The subnets within which discovery may look, e.g. {@code 10.0.0.0/16}; without any it is off. */
    Optional<Set<Subnet>> allowedSubnets();
}
