package io.infraai.gateway.mcp;

import java.util.Optional;
import java.util.Set;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The MCP server at {@code /mcp}. */
@ConfigMapping(prefix = "infraai.mcp")
public interface McpConfig {

    /**
     * Origins whose web pages may call it, such as {@code https://inspector.example}; unless named, only pages that came from the
     * gateway itself by a name of loopback.
     */
    Optional<Set<String>> allowedOrigins();

    /** Largest message. */
    @WithDefault("1M")
    MemorySize messageLimit();
}
