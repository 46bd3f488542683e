package io.infraai.adapters.mcp;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.Settlement;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolResult.Failed;

import static org.assertj.core.api.Assertions.assertThat;

/** A server of ours to talk to, and short words for it. */
abstract class WithToyServer {

    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final ToolContext CONTEXT =
            new ToolContext(new TenantId("default"), "test", "task-1", Instant.parse("2030-01-01T00:00:00Z"));

    final AtomicInteger changes = new AtomicInteger();
    final CountDownLatch released = new CountDownLatch(1);
    ToyServer toy = ToyServer.started();

    @TempDir
    Path files;

    @BeforeEach
    void echoes() {
        toy.offer(ToyServer.ECHO);
    }

    @AfterEach
    void stop() {
        released.countDown();
        toy.close();
    }

    static String pin(String described) {
        try {
            return Offer.of(new ObjectMapper().readTree(described)).pin();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    Configured accepted(Risk risk) {
        return Configured.at(toy.url()).accepting("echo", risk, Optional.of(pin(ToyServer.ECHO)));
    }

    McpServers servers(Configured server) {
        return new McpServers(() -> Map.of("Toy-Box", server), changes::incrementAndGet);
    }

    McpServers refreshed(Configured server) {
        var servers = servers(server);
        refresh(servers);
        return servers;
    }

    static void refresh(McpServers servers) {
        servers.server("Toy-Box").refresh().await().atMost(PATIENCE);
    }

    static ExternalRead reading(McpServers servers) {
        return (ExternalRead) servers.find("toy_box__echo").orElseThrow();
    }

    static ExternalChange changing(McpServers servers) {
        return (ExternalChange) servers.find("toy_box__echo").orElseThrow();
    }

    static ExternalArguments saying(String text) {
        return new ExternalArguments(JsonNodeFactory.instance.objectNode().put("text", text));
    }

    static ToolResult read(McpServers servers, String text) {
        return reading(servers).read(saying(text), CONTEXT).await().atMost(PATIENCE);
    }

    static ToolResult fire(McpServers servers) {
        var tool = changing(servers);
        var target = new ExternalTarget("Toy-Box", "echo", pin(ToyServer.ECHO));
        return tool.fire(saying("hi"), target, CONTEXT).await().atMost(PATIENCE);
    }

    static Settlement settle(McpServers servers) {
        var target = new ExternalTarget("Toy-Box", "echo", pin(ToyServer.ECHO));
        return changing(servers).settle(saying("hi"), target, CONTEXT).await().atMost(PATIENCE);
    }

    static String text(ToolResult result) {
        assertThat(result).isInstanceOf(Done.class);
        return ((Done) result).detail().path("text").asText();
    }

    static void assertFailed(ToolResult result, FailureReason reason) {
        assertThat(result).isInstanceOf(Failed.class);
        assertThat(((Failed) result).reason()).as(result.toString()).isEqualTo(reason);
    }
}
