package io.infraai.gateway.tools;

import java.time.Duration;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.runtime.StartupEvent;

import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.ToolDescription;
import io.infraai.contracts.tool.ToolKind;
import io.infraai.persistence.catalog.ToolDirectory;

/** Advertises what a worker would. */
@ApplicationScoped
class AdvertisedTools {

    void atStart(@Observes StartupEvent start, ToolDirectory directory) {
        directory
                .advertise(
                        "worker",
                        false,
                        List.of(
                                tool(
                                        "restart_pod",
                                        ToolKind.GUARDED,
                                        Risk.CHANGES,
                                        "k8s:{namespace}/pod/{pod_name}",
                                        "pod_name",
                                        "namespace"),
                                tool("delete_vm", ToolKind.ONE_SHOT, Risk.DESTROYS, "vm:{vm_name}", "vm_name"),
                                slow(tool(
                                        "network_discovery",
                                        ToolKind.READING,
                                        Risk.READS,
                                        "network:{subnet}",
                                        "subnet")),
                                tool("events", ToolKind.READING, Risk.READS, "", "namespace"),
                                tool("query_prometheus", ToolKind.READING, Risk.READS, "", "query")))
                .onFailure()
                .retry()
                .withBackOff(Duration.ofMillis(200))
                .atMost(20)
                .subscribe()
                .with(_ -> {});
    }

    private static ToolDescription tool(String name, ToolKind kind, Risk risk, String target, String... parameters) {
        return new ToolDescription(name, "For tests", kind, risk, target, Duration.ofSeconds(1), schema(parameters));
    }

    private static ToolDescription slow(ToolDescription tool) {
        return new ToolDescription(
                tool.name(),
                tool.description(),
                tool.kind(),
                tool.risk(),
                tool.target(),
                Duration.ofMinutes(10),
                tool.inputSchema());
    }

    private static JsonNode schema(String... parameters) {
        var schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        var properties = schema.putObject("properties");
        var required = schema.putArray("required");
        for (var parameter : parameters) {
            properties.putObject(parameter).put("type", "string").put("minLength", 1);
            required.add(parameter);
        }
        return schema.put("additionalProperties", false);
    }
}
