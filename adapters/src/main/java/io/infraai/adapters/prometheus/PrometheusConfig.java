package io.infraai.adapters.prometheus;

import java.util.Optional;

import io.smallrye.config.ConfigMapping;

import io.infraai.adapters.tool.http.EndpointConfig;

/** Where metrics are asked for; without its {@code url} no policy with a metric guard acts. */
@ConfigMapping(prefix = "infraai.prometheus")
public interface PrometheusConfig extends EndpointConfig {

    /** Whose metrics, where one address serves several tenants (Mimir, Cortex): the header {@code X-Scope-OrgID}. */
    Optional<String> tenant();
}
