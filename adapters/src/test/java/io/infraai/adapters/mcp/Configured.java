package io.infraai.adapters.mcp;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.infraai.contracts.tool.Risk;

/** Configuration as a test wants it. */
record Configured(
        Optional<URI> url,
        Optional<List<String>> command,
        Optional<Path> credentialFile,
        Duration timeout,
        Map<String, McpServersConfig.Accepted> tools)
        implements McpServersConfig.Server {

    record Tool(Optional<String> pin, Risk risk) implements McpServersConfig.Accepted {}

    static Configured at(URI url) {
        return new Configured(Optional.of(url), Optional.empty(), Optional.empty(), Duration.ofSeconds(5), Map.of());
    }

    static Configured running(String... command) {
        return new Configured(
                Optional.empty(), Optional.of(List.of(command)), Optional.empty(), Duration.ofSeconds(20), Map.of());
    }

    Configured patient(Duration limit) {
        return new Configured(url, command, credentialFile, limit, tools);
    }

    Configured with(Path credential) {
        return new Configured(url, command, Optional.of(credential), timeout, tools);
    }

    Configured accepting(String tool, Risk risk, Optional<String> pin) {
        var more = new LinkedHashMap<>(tools);
        more.put(tool, new Tool(pin, risk));
        return new Configured(url, command, credentialFile, timeout, more);
    }

    @Override
    public Duration refresh() {
        return Duration.ofMillis(100);
    }
}
