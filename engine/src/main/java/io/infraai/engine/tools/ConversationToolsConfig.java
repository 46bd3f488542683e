package io.infraai.engine.tools;

import java.time.Duration;
import java.util.Set;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;

/** What conversations may have tools do; the gateway and healing read the same keys. */
@ConfigMapping(prefix = "infraai")
public interface ConversationToolsConfig {

    /** Kubernetes namespaces in which nothing is ever changed. */
    @WithName("policies.protected-namespaces")
    @WithDefault("kube-system")
    Set<String> protectedNamespaces();

    /** How long a task that a person asked for may wait before it is not done any more. */
    @WithName("tools.task-max-age")
    @WithDefault("15m")
    Duration taskMaxAge();

    /** A tool that only looks and may take longer becomes a task instead of being answered. */
    @WithName("tools.longest-answer")
    @WithDefault("30s")
    Duration longestAnswer();
}
