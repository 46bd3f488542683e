package io.infraai.adapters.prometheus;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
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
import io.infraai.simulators.prometheus.SimulatedPrometheus;

/** A fresh simulated Prometheus and the client as production makes it. */
abstract class PrometheusToolTest {

    static final ToolContext CONTEXT = new ToolContext(TenantId.DEFAULT, "test", "a-call", Instant.EPOCH);

    final Vertx vertx = Vertx.vertx();
    final SimulatedPrometheus simulated = SimulatedPrometheus.start(0);

    @AfterEach
    void stop() {
        vertx.close();
        simulated.close();
    }

    Prometheus prometheus() {
        return prometheus(Map.of());
    }

    Prometheus prometheus(Map<String, String> more) {
        var keys = new HashMap<>(Map.of("infraai.prometheus.url", simulated.url(), "infraai.prometheus.timeout", "3s"));
        keys.putAll(more);
        return new Prometheus(Configured.with(PrometheusConfig.class, keys), vertx, new ObjectMapper());
    }

    static <P extends Record> ToolResult told(Tool.Reading<P> tool, P parameters) {
        return tool.read(parameters, CONTEXT).await().atMost(Duration.ofSeconds(5));
    }

    static <P extends Record> Done done(Tool.Reading<P> tool, P parameters) {
        return (Done) told(tool, parameters);
    }

    static <P extends Record> Failed failed(Tool.Reading<P> tool, P parameters) {
        return (Failed) told(tool, parameters);
    }
}
