package io.infraai.adapters.alertmanager;

import java.util.Optional;

import io.smallrye.config.ConfigMapping;

import io.infraai.adapters.tool.http.EndpointConfig;

/** Where alerts are listed and silenced. */
@ConfigMapping(prefix = "infraai.alertmanager")
public interface AlertmanagerConfig extends EndpointConfig {

    /** Whose alerts, where one address serves several tenants (Mimir, Cortex): the header {@code X-Scope-OrgID}. */
    Optional<String> tenant();
}
