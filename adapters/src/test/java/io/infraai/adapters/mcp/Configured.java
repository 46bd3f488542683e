package io.infraai.adapters.mcp;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.infraai.contracts.tool.Risk;

/** Configuration as a test wants it. */
record Configured(
        Optional<URI> url,
        Optional<List<String>> command,
        Set<String> passed,
        Map<String, Path> environmentFiles,
        Optional<Path> credentialFile,
        Duration timeout,
        Map<String, McpServersConfig.Accepted> tools)
        implements McpServersConfig.Server {

    record Tool(Optional<String> pin, Risk risk) implements McpServersConfig.Accepted {}

    static Configured at(URI url) {
        return new Configured(
                Optional.of(url),
                Optional.empty(),
                Set.of(),
                Map.of(),
                Optional.empty(),
                Duration.ofSeconds(5),
                Map.of());
    }

    static Configured running(String... command) {
        return new Configured(
                Optional.empty(),
                Optional.of(List.of(command)),
                Set.of(),
                Map.of(),
                Optional.empty(),
                Duration.ofSeconds(20),
                Map.of());
    }

    Configured patient(Duration limit) {
        return new Configured(url, command, passed, environmentFiles, credentialFile, limit, tools);
    }

    Configured with(Path credential) {
        return new Configured(url, command, passed, environmentFiles, Optional.of(credential), timeout, tools);
    }

    Configured seeing(Set<String> variables, Map<String, Path> inFiles) {
        return new Configured(url, command, variables, inFiles, credentialFile, timeout, tools);
    }

    Configured accepting(String tool, Risk risk, Optional<String> pin) {
        var more = new LinkedHashMap<>(tools);
        more.put(tool, new Tool(pin, risk));
        return new Configured(url, command, passed, environmentFiles, credentialFile, timeout, more);
    }

    @Override
    public Optional<Set<String>> environment() {
        return passed.isEmpty() ? Optional.empty() : Optional.of(passed);
    }

    @Override
    public Duration refresh() {
        return Duration.ofMillis(100);
    }
}
