package io.infraai.gateway.tools;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What people may ask tools to do. */
@ConfigMapping(prefix = "infraai.tools")
public interface ToolsConfig {

    /** How long a task that a person asked for may wait before it is not done any more. */
    @WithDefault("15m")
    Duration taskMaxAge();

    /** A tool that only looks and may take longer becomes a task instead of being answered. */
    @WithDefault("30s")
    Duration longestAnswer();
}
