package io.infraai.gateway.policies;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import io.infraai.contracts.policy.PolicyMode;

/** How policies are saved. */
@ConfigMapping(prefix = "infraai.policies")
public interface PoliciesConfig {

    /** The mode of a policy that names none. */
    @WithDefault("observe")
    PolicyMode defaultMode();
}
