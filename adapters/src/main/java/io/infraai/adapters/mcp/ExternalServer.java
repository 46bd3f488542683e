package io.infraai.adapters.mcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.identity.Secret;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.contracts.tool.ToolSpec;

/** One server: the connection to it, what it offers, and what of that was accepted. */
final class ExternalServer {

    private static final Logger LOG = Logger.getLogger(ExternalServer.class);

    private static final int MOST_PAGES = 20;
    private static final int MOST_TOOLS = 1_000;
    private static final int LONGEST_DESCRIPTION = 4_096;

    private final String name;
    private final McpServersConfig.Server config;
    private final Runnable changed;
    private final Optional<Destination> destination;
    private final ProcessEnvironment environment;
    private final Set<String> reported = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Connection connection;
    private volatile Map<String, Offer> offers = Map.of();
    private volatile boolean heard;

    /**
     * @param changed run when other tools can be called than before
     */
    ExternalServer(String name, McpServersConfig.Server config, Runnable changed) {
        if (config.url().isPresent() == config.command().isPresent()) {
            throw new IllegalArgumentException("The MCP server " + name + " needs either a url or a command");
        }
        this.destination = config.url().map(Destination::new);
        this.environment = new ProcessEnvironment(config.environment().orElse(Set.of()), config.environmentFiles());
        if (destination.isPresent() && !environment.isEmpty()) {
            throw new IllegalArgumentException("The MCP server " + name + " is no process that has an environment");
        }
        this.name = name;
        this.config = config;
        this.changed = changed;
    }

    String name() {
        return name;
    }

    Duration rhythm() {
        return config.refresh();
    }

    /** Connects if need be, and asks which tools there are. Fails never. */
    Uni<Void> refresh() {
        return Uni.createFrom()
                .deferred(() -> isThere() ? offersAnew() : offersNow())
                .invoke(this::offered)
                .onFailure()
                .recoverWithItem(failure -> {
                    away(failure);
                    return Map.of();
                })
                .replaceWithVoid();
    }

    /** A server that was started anew may not know us any more, and say so in ways of its own. */
    private Uni<Map<String, Offer>> offersAnew() {
        return offersNow().onFailure().recoverWithUni(_ -> {
            close();
            return offersNow();
        });
    }

    private Uni<Map<String, Offer>> offersNow() {
        return connected().chain(it -> page(it, null, new HashMap<>(), new HashSet<>(), MOST_PAGES));
    }

    /** Whether it answered when it was asked last. */
    boolean isThere() {
        var current = connection;
        return current != null && current.alive();
    }

    Standing standing(String tool) {
        var offer = offers.get(tool);
        if (offer == null) {
            return heard
                    ? new Standing.Refused(
                            FailureReason.TARGET_NOT_FOUND, "The MCP server " + name + " has no usable tool " + tool)
                    : new Standing.Refused(
                            FailureReason.UNREACHABLE, "The MCP server " + name + " has not been reached yet");
        }
        var pin = accepted(tool).pin();
        if (pin.isEmpty()) {
            return new Standing.Refused(
                    FailureReason.NOT_PERMITTED, "Nobody has accepted " + tool + " of the MCP server " + name);
        }
        return pin.get().equals(offer.pin())
                ? new Standing.Accepted(offer)
                : new Standing.Refused(
                        FailureReason.NOT_PERMITTED,
                        "The MCP server " + name + " describes " + tool + " otherwise than when it was accepted");
    }

    ToolSpec<ExternalArguments> spec(String tool, String ourName) {
        var offer = Optional.ofNullable(offers.get(tool));
        var risk = accepted(tool).risk();
        return new ToolSpec<>(
                ourName,
                offer.map(it -> ResultText.cut(it.description(), LONGEST_DESCRIPTION))
                        .filter(it -> !it.isBlank())
                        .orElse("A tool of the MCP server " + name),
                ExternalArguments.class,
                risk,
                risk == Risk.READS ? "" : "mcp:" + ourName,
                config.timeout(),
                AdvertisedSchema.of(offer.map(Offer::schema).orElse(JsonNodeFactory.instance.objectNode())));
    }

    Uni<ToolResult> call(String tool, ObjectNode arguments) {
        var current = connection;
        if (current == null || !current.alive()) {
            return Uni.createFrom()
                    .item(new Failed(FailureReason.UNREACHABLE, "The MCP server " + name + " is not connected"));
        }
        var params = JsonNodeFactory.instance.objectNode().put("name", tool);
        params.set("arguments", arguments);
        return current.ask("tools/call", params, config.timeout()).map(reply -> switch (reply) {
            case Reply.Result(var value) -> result(tool, value);
            case Reply.Failure(var reason, var message) -> new Failed(reason, message);
        });
    }

    void close() {
        var current = connection;
        if (current != null) {
            current.close();
        }
    }

    private ToolResult result(String tool, JsonNode value) {
        var text = ResultText.of(value);
        if (value.path("isError").asBoolean()) {
            return new Failed(
                    FailureReason.INVALID_PARAMETERS, "The tool reports an error: " + ResultText.cut(text, 1_000));
        }
        return new Done(
                tool + " of the MCP server " + name + " has answered",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("source", "mcp:" + name)
                        .put("text", text));
    }

    private McpServersConfig.Accepted accepted(String tool) {
        var accepted = config.tools().get(tool);
        if (accepted == null) {
            throw new IllegalArgumentException("The tool " + tool + " isn't configured");
        }
        return accepted;
    }

    private Uni<Connection> connected() {
        var current = connection;
        if (current != null && current.alive()) {
            return Uni.createFrom().item(current);
        }
        close();
        var fresh = open();
        connection = fresh;
        return fresh.ask("initialize", Rpc.initialize(), config.timeout()).map(reply -> {
            requireResult(reply);
            fresh.tell("notifications/initialized");
            return fresh;
        });
    }

    private Connection open() {
        try {
            if (config.command().isPresent()) {
                return new ProcessConnection(config.command().get(), environment);
            }
            var credential = config.credentialFile().isPresent()
                    ? Optional.of(new Secret(
                            Files.readString(config.credentialFile().get()).strip()))
                    : Optional.<Secret>empty();
            return new HttpConnection(destination.orElseThrow(), credential);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tools that share a name are none: it couldn't be known which is meant. */
    private Uni<Map<String, Offer>> page(
            Connection from, @Nullable String cursor, Map<String, Offer> found, Set<String> twice, int left) {
        var params = JsonNodeFactory.instance.objectNode();
        if (cursor != null) {
            params.put("cursor", cursor);
        }
        return from.ask("tools/list", params, config.timeout()).chain(reply -> {
            var value = requireResult(reply);
            for (var tool : value.path("tools")) {
                var offer = Offer.of(tool);
                if (config.tools().containsKey(offer.name()) && found.put(offer.name(), offer) != null) {
                    twice.add(offer.name());
                }
            }
            var next = value.path("nextCursor");
            if (next.isTextual() && left > 1 && value.path("tools").size() <= MOST_TOOLS) {
                return page(from, next.textValue(), found, twice, left - 1);
            }
            found.keySet().removeAll(twice);
            return Uni.createFrom().item(found);
        });
    }

    private static JsonNode requireResult(Reply reply) {
        return switch (reply) {
            case Reply.Result(var value) -> value;
            case Reply.Failure(var _, var message) -> throw new IllegalStateException(message);
        };
    }

    private void offered(Map<String, Offer> found) {
        var now = Map.copyOf(found);
        var differs = !now.equals(offers) || !heard;
        offers = now;
        heard = true;
        if (differs) {
            LOG.infof("The MCP server %s offers %d of the tools configured", name, now.size());
            now.forEach(this::report);
            changed.run();
        }
    }

    private void report(String tool, Offer offer) {
        if (standing(tool) instanceof Standing.Refused(var _, var why) && reported.add(offer.pin())) {
            LOG.warnf("%s. Its hash is now %s; what it says is shown at DEBUG", why, offer.pin());
            LOG.debugf("Tool %s of the MCP server %s: %s %s", tool, name, offer.description(), offer.schema());
        }
    }

    private void away(Throwable failure) {
        close();
        if (reported.add("away: " + failure.getMessage())) {
            LOG.warnf("The MCP server %s can't be used, trying again: %s", name, failure.getMessage());
        }
    }
}
