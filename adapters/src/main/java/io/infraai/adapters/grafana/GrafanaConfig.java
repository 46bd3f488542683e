package io.infraai.adapters.grafana;

import java.util.OptionalLong;

import io.smallrye.config.ConfigMapping;

import io.infraai.adapters.tool.http.EndpointConfig;

/** Where dashboards are read and annotated; the bearer token is a service account's. */
@ConfigMapping(prefix = "infraai.grafana")
public interface GrafanaConfig extends EndpointConfig {

    /** Which organisation, where the account is in several. */
    OptionalLong orgId();
}
