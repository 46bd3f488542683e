package io.infraai.healing.evaluation;

import java.time.Duration;
import java.util.Set;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;

import io.infraai.contracts.policy.PolicyMode;

/** How episodes are decided about. */
@ConfigMapping(prefix = "infraai.policies")
public interface HealingConfig {

    /** The mode of policies that name none: {@code observe}, {@code approve} or {@code auto}. */
    @WithDefault("observe")
    PolicyMode defaultMode();

    /** Kubernetes namespaces in which nothing is ever changed automatically. */
    @WithDefault("kube-system")
    Set<String> protectedNamespaces();

    /** How often changes are looked for whose bell was lost. */
    @WithName("refresh")
    @WithDefault("1s")
    Duration refresh();
}
