package io.infraai.adapters.grafana;

import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

import io.infraai.adapters.tool.http.Answer;
import io.infraai.adapters.tool.http.JsonEndpoint;
import io.infraai.adapters.tool.http.Request;

/** Asks Grafana's HTTP API. */
@ApplicationScoped
class Grafana {

    private final JsonEndpoint endpoint;

    Grafana(GrafanaConfig config, Vertx vertx, ObjectMapper json) {
        var headers = config.orgId().isPresent()
                ? Map.of("X-Grafana-Org-Id", Long.toString(config.orgId().getAsLong()))
                : Map.<String, String>of();
        this.endpoint = new JsonEndpoint("Grafana", "infraai.grafana", config, headers, vertx, json);
    }

    Uni<Answer> ask(Request request) {
        return endpoint.ask(request);
    }
}
