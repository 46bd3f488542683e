package io.infraai.adapters.mcp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;

import io.infraai.adapters.tool.ToolSource;
import io.infraai.adapters.tool.ToolsChanged;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.Tool;

/** The tools of the configured servers, as {@code <server>__<tool>}. A server that is away keeps nothing from starting. */
@ApplicationScoped
class McpServers implements ToolSource {

    private static final int LONGEST_NAME = 63;
    /** In front of a tool's name, from the first version's examples. */
    private static final String TAKEN_OFF = "mcp_";

    private final Map<String, ExternalServer> servers = new LinkedHashMap<>();
    private final Map<String, Named> byName = new LinkedHashMap<>();

    private record Named(ExternalServer server, String tool, Tool<?> made) {}

    @Inject
    McpServers(McpServersConfig config, Event<ToolsChanged> changes) {
        this(config, () -> changes.fire(new ToolsChanged()));
    }

    /**
     * @throws IllegalArgumentException when two tools would have one name, or one a name that can't be called
     */
    McpServers(McpServersConfig config, Runnable changed) {
        config.byName().forEach((name, server) -> {
            var external = new ExternalServer(name, server, changed);
            servers.put(name, external);
            server.tools().forEach((tool, accepted) -> add(external, tool, accepted.risk()));
        });
    }

    void start(@Observes StartupEvent started) {
        servers.values()
                .forEach(server -> Multi.createFrom()
                        .ticks()
                        .every(server.rhythm())
                        .onOverflow()
                        .drop()
                        .onItem()
                        .transformToUniAndConcatenate(_ -> server.refresh())
                        .subscribe()
                        .with(_ -> {}));
    }

    void stop(@Observes ShutdownEvent stopping) {
        servers.values().forEach(ExternalServer::close);
    }

    @Override
    public List<Tool<?>> tools() {
        return byName.values().stream()
                .filter(it -> it.server().isThere() && it.server().standing(it.tool()) instanceof Standing.Accepted)
                .<Tool<?>>map(Named::made)
                .toList();
    }

    @Override
    public Optional<Tool<?>> find(String name) {
        return Optional.ofNullable(byName.get(name)).map(Named::made);
    }

    ExternalServer server(String name) {
        return Optional.ofNullable(servers.get(name)).orElseThrow();
    }

    private void add(ExternalServer server, String tool, Risk risk) {
        var name = nameOf(server.name(), tool);
        if (name.startsWith(TAKEN_OFF)) {
            throw new IllegalArgumentException("No MCP server can be called " + server.name()
                    + ": from the names of tools, " + TAKEN_OFF + " is taken off");
        }
        var made = switch (risk) {
            case READS -> new ExternalRead(server, tool, name);
            case CHANGES, DESTROYS -> new ExternalChange(server, tool, name);
        };
        var other = byName.put(name, new Named(server, tool, made));
        if (other != null) {
            throw new IllegalArgumentException("Two tools would be called " + name + ": " + other.tool() + " of "
                    + other.server().name() + " and " + tool + " of " + server.name());
        }
    }

    static String nameOf(String server, String tool) {
        var name = (plain(server) + "__" + plain(tool)).replaceAll("^[^a-z]+", "");
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
    }
}
