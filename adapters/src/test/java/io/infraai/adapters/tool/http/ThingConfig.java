package io.infraai.adapters.tool.http;

import io.smallrye.config.ConfigMapping;

/** Where some platform is. */
@ConfigMapping(prefix = "t")
interface ThingConfig extends EndpointConfig {}
