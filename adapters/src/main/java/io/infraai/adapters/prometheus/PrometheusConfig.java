package io.infraai.adapters.prometheus;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where metrics are asked for. */
@ConfigMapping(prefix = "infraai.prometheus")
public interface PrometheusConfig {

    /** Base address, e.g. {@code http://prometheus:9090}; without it no policy with a metric guard acts. */
    Optional<URI> url();

    /** How long one query may take. */
    @WithDefault("5s")
    Duration timeout();
}
