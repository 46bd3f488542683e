package io.infraai.gateway.mcp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import jakarta.inject.Inject;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.ToolDescription;
import io.infraai.contracts.tool.ToolKind;
import io.infraai.gateway.Gateway;
import io.infraai.gateway.tools.ScriptedEngine;
import io.infraai.persistence.catalog.ToolDirectory;
import io.infraai.testkit.EmbeddedServices;
import io.infraai.testkit.lab.McpPeers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The protocol's own conformance suite against our server. Tools that a scenario wants are advertised here, as those of any worker
 * are; nothing of them is in the product.
 */
@Tag("lab")
@QuarkusTest
@QuarkusTestResource(EmbeddedServices.class)
class ConformanceLabTest {

    private static final Set<String> PASSED = Set.of(
            "server-initialize",
            "ping",
            "logging-set-level",
            "tools-list",
            "tools-call-simple-text",
            "tools-call-error",
            "json-schema-2020-12",
            "server-sse-polling",
            "server-sse-multiple-streams",
            "dns-rebinding-protection");

    private static final String NO_PROMPTS = "prompts are not offered, nor claimed";
    private static final String NO_RESOURCES = "resources are not offered, nor claimed";
    private static final String ONLY_TEXT = "our tools answer with text and structured content only";
    private static final String ASKS_NOTHING = "our server asks clients nothing";
    private static final String ONE_ANSWER =
            "an answer comes whole; what takes long becomes a task, whose progress is asked for";

    private static final Map<String, String> EXCLUDED = Map.ofEntries(
            Map.entry("completion-complete", "there is no prompt and no resource to complete anything of"),
            Map.entry("prompts-list", NO_PROMPTS),
            Map.entry("prompts-get-simple", NO_PROMPTS),
            Map.entry("prompts-get-with-args", NO_PROMPTS),
            Map.entry("prompts-get-embedded-resource", NO_PROMPTS),
            Map.entry("prompts-get-with-image", NO_PROMPTS),
            Map.entry("resources-list", NO_RESOURCES),
            Map.entry("resources-read-text", NO_RESOURCES),
            Map.entry("resources-read-binary", NO_RESOURCES),
            Map.entry("resources-templates-read", NO_RESOURCES),
            Map.entry("resources-subscribe", NO_RESOURCES),
            Map.entry("resources-unsubscribe", NO_RESOURCES),
            Map.entry("tools-call-image", ONLY_TEXT),
            Map.entry("tools-call-audio", ONLY_TEXT),
            Map.entry("tools-call-embedded-resource", ONLY_TEXT),
            Map.entry("tools-call-mixed-content", ONLY_TEXT),
            Map.entry("tools-call-sampling", ASKS_NOTHING),
            Map.entry("tools-call-elicitation", ASKS_NOTHING),
            Map.entry("elicitation-sep1034-defaults", ASKS_NOTHING),
            Map.entry("elicitation-sep1330-enums", ASKS_NOTHING),
            Map.entry("tools-call-with-logging", ONE_ANSWER),
            Map.entry("tools-call-with-progress", ONE_ANSWER));

    /** By scenario, what an engine answers to the tool it calls. */
    private static final Map<String, String> ANSWERS = Map.of(
            "tools-call-simple-text",
            "{\"tenant\":\"default\",\"callId\":\"%s\",\"result\":{\"type\":\"done\",\"summary\":\"Some text\",\"detail\":{}}}",
            "tools-call-error",
            "{\"tenant\":\"default\",\"callId\":\"%s\",\"result\":{\"type\":\"failed\",\"reason\":\"UNREACHABLE\",\"message\":\"No route\"}}");

    private static final Pattern SCENARIO = Pattern.compile("(?m)^  - ([a-z0-9-]+) \\[");

    @Inject
    ToolDirectory directory;

    @Inject
    RedisDataSource redis;

    @Test
    void theScenariosThatApplyPassAndTheOthersHaveAReason() throws Exception {
        var peers = McpPeers.assumePresent();
        advertiseWhatScenariosCall();
        var outcomes = new HashMap<String, String>();
        try (var proxy = new KeyedProxy(Gateway.base().getPort(), Gateway.adminKey())) {
            for (var scenario : serverScenarios(peers)) {
                outcomes.put(scenario, outcome(peers, proxy, scenario));
            }
        }
        var known = new HashSet<>(PASSED);
        known.addAll(EXCLUDED.keySet());
        assertThat(outcomes.keySet()).as("the suite's scenarios").isEqualTo(known);
        var passed = outcomes.entrySet().stream()
                .filter(it -> it.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        assertThat(passed).as(outcomes.toString()).isEqualTo(PASSED);
    }

    private void advertiseWhatScenariosCall() throws JsonProcessingException {
        var tools = List.of(
                tool("test_simple_text", "{\"type\":\"object\"}"),
                tool("test_error_handling", "{\"type\":\"object\"}"),
                tool("test_reconnection", "{\"type\":\"object\"}"),
                tool("json_schema_2020_12_tool", """
                        {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object",
                         "$defs":{"address":{"type":"object",
                           "properties":{"street":{"type":"string"},"city":{"type":"string"}}}},
                         "properties":{"name":{"type":"string"},"address":{"$ref":"#/$defs/address"}},
                         "additionalProperties":false}"""));
        directory.advertise("lab", false, tools).await().atMost(Duration.ofSeconds(20));
        Gateway.eventually(
                () -> new Gateway().get("/api/tools").body().toString().contains("json_schema_2020_12_tool"));
    }

    private static ToolDescription tool(String name, String schema) throws JsonProcessingException {
        return new ToolDescription(
                name,
                "For the conformance suite",
                ToolKind.READING,
                Risk.READS,
                "",
                Duration.ofSeconds(5),
                new ObjectMapper().readTree(schema));
    }

    private static List<String> serverScenarios(McpPeers peers) throws IOException, InterruptedException {
        var listed = run(peers.conformance("list"));
        var found = SCENARIO.matcher(listed.text().substring(0, listed.text().indexOf("Client scenarios")));
        var names = new ArrayList<String>();
        while (found.find()) {
            names.add(found.group(1));
        }
        return names;
    }

    /** Empty when it passed. */
    private String outcome(McpPeers peers, KeyedProxy proxy, String scenario) throws Exception {
        var answer = ANSWERS.get(scenario);
        var engine = answer == null ? null : new ScriptedEngine(redis).answering(answer);
        var run = run(peers.conformance("server", "--url", proxy.url("/mcp"), "--scenario", scenario));
        if (engine != null) {
            engine.join();
        }
        return run.code() == 0 ? "" : run.text();
    }

    private record Run(int code, String text) {}

    private static Run run(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), text);
    }
}
