package io.infraai.adapters.grafana;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;

import io.infraai.adapters.tool.http.Configured;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.simulators.grafana.SimulatedGrafana;

/** A fresh simulated Grafana and the client as production makes it. */
abstract class GrafanaToolTest {

    static final Duration SOON = Duration.ofSeconds(5);
    static final ToolContext CONTEXT = new ToolContext(TenantId.DEFAULT, "ann", "task-7", Instant.EPOCH);

    final Vertx vertx = Vertx.vertx();
    final SimulatedGrafana simulated = SimulatedGrafana.start(0);

    @AfterEach
    void stop() {
        vertx.close();
        simulated.close();
    }

    Grafana grafana() {
        return grafana(Map.of(
                "infraai.grafana.url", simulated.url(),
                "infraai.grafana.org-id", "3",
                "infraai.grafana.timeout", "3s"));
    }

    Grafana grafana(Map<String, String> keys) {
        return new Grafana(Configured.with(GrafanaConfig.class, keys), vertx, new ObjectMapper());
    }

    static <P extends Record> ToolResult told(Tool.Reading<P> tool, P parameters) {
        return tool.read(parameters, CONTEXT).await().atMost(SOON);
    }

    static <P extends Record> Done done(Tool.Reading<P> tool, P parameters) {
        return (Done) told(tool, parameters);
    }

    static <P extends Record> Failed failed(Tool.Reading<P> tool, P parameters) {
        return (Failed) told(tool, parameters);
    }
}
