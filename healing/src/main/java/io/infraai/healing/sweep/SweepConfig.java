package io.infraai.healing.sweep;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How often healing looks for what was missed. */
@ConfigMapping(prefix = "infraai.healing")
public interface SweepConfig {

    /** How often the sweep runs. */
    @WithDefault("1s")
    Duration sweep();

    /** A bell that wasn't heard for this long is rung again. */
    @WithDefault("3s")
    Duration ringAgain();

    /** An episode that nobody repeated for this long is closed: three times Alertmanager's usual repeat interval. */
    @WithDefault("12h")
    Duration silence();
}
