package io.infraai.benchmarks.loop;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;

/** Stands for a platform, on loopback, and costs next to nothing. */
public final class StubServer implements AutoCloseable {

    private final HttpServer server;

    private StubServer(HttpServer server) {
        this.server = server;
    }

    /** Returns once it listens. */
    public static StubServer start(Vertx vertx, Handler<HttpServerRequest> answer) {
        var server = vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(0).setTcpNoDelay(true))
                .requestHandler(answer);
        var listening = new CountDownLatch(1);
        server.listen().onComplete(_ -> listening.countDown());
        try {
            if (!listening.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("A stub doesn't listen");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return new StubServer(server);
    }

    /** Without a slash at its end. */
    public String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    @Override
    public void close() {
        server.close();
    }
}
