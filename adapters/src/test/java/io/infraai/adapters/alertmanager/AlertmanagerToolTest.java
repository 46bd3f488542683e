package io.infraai.adapters.alertmanager;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;

import io.infraai.adapters.tool.http.Configured;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.simulators.alertmanager.SimulatedAlertmanager;

/** A fresh simulated Alertmanager and the client as production makes it. */
abstract class AlertmanagerToolTest {

    static final Duration SOON = Duration.ofSeconds(5);
    static final ToolContext CONTEXT =
            new ToolContext(TenantId.DEFAULT, "ann", "11111111-2222-3333-4444-555555555555", Instant.EPOCH);

    final Vertx vertx = Vertx.vertx();
    final SimulatedAlertmanager simulated = SimulatedAlertmanager.start(0);

    @AfterEach
    void stop() {
        vertx.close();
        simulated.close();
    }

    Alertmanager alertmanager() {
        return alertmanager(Map.of("infraai.alertmanager.url", simulated.url(), "infraai.alertmanager.timeout", "3s"));
    }

    Alertmanager alertmanager(Map<String, String> keys) {
        return new Alertmanager(Configured.with(AlertmanagerConfig.class, keys), vertx, new ObjectMapper());
    }
}
