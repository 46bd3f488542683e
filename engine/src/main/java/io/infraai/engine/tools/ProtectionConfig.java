package io.infraai.engine.tools;

import java.util.Set;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What no tool may touch, whoever asks; the gateway and healing read the same keys. */
@ConfigMapping(prefix = "infraai.policies")
public interface ProtectionConfig {

    /** Kubernetes namespaces in which nothing is ever changed. */
    @WithDefault("kube-system")
    Set<String> protectedNamespaces();
}
