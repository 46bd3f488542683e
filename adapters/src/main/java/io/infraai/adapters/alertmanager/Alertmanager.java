package io.infraai.adapters.alertmanager;

import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

import io.infraai.adapters.tool.http.Answer;
import io.infraai.adapters.tool.http.JsonEndpoint;
import io.infraai.adapters.tool.http.Request;

/** Asks Alertmanager's HTTP API, version 2. */
@ApplicationScoped
class Alertmanager {

    private final JsonEndpoint endpoint;

    Alertmanager(AlertmanagerConfig config, Vertx vertx, ObjectMapper json) {
        var headers =
                config.tenant().map(tenant -> Map.of("X-Scope-OrgID", tenant)).orElseGet(Map::of);
        this.endpoint = new JsonEndpoint("Alertmanager", "infraai.alertmanager", config, headers, vertx, json);
    }

    Uni<Answer> ask(Request request) {
        return endpoint.ask(request);
    }
}
