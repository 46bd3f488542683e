package io.infraai.adapters.tool.http;

import java.util.Map;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

/** A feature's configuration as production reads it. */
public final class Configured {

    private Configured() {}

    /** With nothing set but these keys. */
    public static <C> C with(Class<C> config, Map<String, String> keys) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(config)
                .withSources(new PropertiesConfigSource(keys, "test", 100))
                .build()
                .getConfigMapping(config);
    }
}
