package io.infraai.gateway.guard;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What is refused before routing. */
@ConfigMapping(prefix = "infraai.guard")
public interface GuardConfig {

    /** How long a request's body may take to arrive; every announced MiB adds a second. */
    @WithDefault("15s")
    Duration bodyDeadline();

    /** Most query parameters. */
    @WithDefault("100")
    int queryParameters();
}
