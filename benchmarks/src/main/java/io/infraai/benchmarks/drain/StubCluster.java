package io.infraai.benchmarks.drain;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

import io.infraai.benchmarks.loop.StubServer;

/**
 * An API server that has every deployment it is asked for, with one pod, and takes every change of its scale, after a while. It
 * keeps nothing, so that it costs next to nothing.
 */
final class StubCluster implements AutoCloseable {

    private final Vertx vertx;
    private final StubServer server;
    private volatile int millis;

    StubCluster(Vertx vertx) {
        this.vertx = vertx;
        this.server = StubServer.start(vertx, this::answer);
    }

    String url() {
        return server.url();
    }

    /** How long a change takes from now on; a look takes no time. */
    void changesTake(int newMillis) {
        millis = newMillis;
    }

    private void answer(HttpServerRequest request) {
        var path = request.path();
        if (request.method().equals(HttpMethod.PUT) && path.endsWith("/scale")) {
            request.body().onSuccess(body -> {
                if (millis == 0) {
                    end(request, body.toString());
                } else {
                    vertx.setTimer(millis, _ -> end(request, body.toString()));
                }
            });
        } else if (request.method().equals(HttpMethod.GET) && path.contains("/deployments/")) {
            end(request, deployment(path.substring(path.lastIndexOf('/') + 1)));
        } else {
            request.response().setStatusCode(404).end();
        }
    }

    private static String deployment(String name) {
        return """
                {"kind":"Deployment","apiVersion":"apps/v1",
                 "metadata":{"name":"%1$s","namespace":"shop","uid":"uid-of-%1$s","generation":1,"resourceVersion":"1"},
                 "spec":{"replicas":1},"status":{"replicas":1,"readyReplicas":1,"observedGeneration":1}}""".formatted(name);
    }

    private static void end(HttpServerRequest request, String json) {
        request.response().putHeader("Content-Type", "application/json").end(json);
    }

    @Override
    public void close() {
        server.close();
    }
}
