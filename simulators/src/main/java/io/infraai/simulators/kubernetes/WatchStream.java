package io.infraai.simulators.kubernetes;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;

/** A watch on the wire: JSON lines in a chunked answer, or text frames of a WebSocket. */
final class WatchStream {

    private final Vertx vertx;
    private final ClusterState state;
    private final ApiRequest watch;

    WatchStream(Vertx vertx, ClusterState state, ApiRequest watch) {
        this.vertx = vertx;
        this.state = state;
        this.watch = watch;
    }

    static boolean wantsWebSocket(HttpServerRequest request) {
        return "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
    }

    void serve(Exchange exchange) {
        // read before anything is sent, so that a malformed selector is refused
        watch.labelSelector();
        watch.fieldSelector();
        if (wantsWebSocket(exchange.request())) {
            exchange.streaming(101);
            exchange.request().toWebSocket().onSuccess(this::serve);
        } else {
            exchange.streaming(200);
            serve(exchange.request().response());
        }
    }

    private void serve(HttpServerResponse response) {
        response.setChunked(true).putHeader("Content-Type", "application/json");
        // the headers go out even while there is nothing to tell
        response.write(Buffer.buffer());
        var context = vertx.getOrCreateContext();
        var close = open(new Watches.Sink() {
            @Override
            public void send(Buffer event) {
                context.runOnContext(_ -> {
                    if (!response.closed() && !response.ended()) {
                        response.write(event);
                    }
                });
            }

            @Override
            public void end() {
                finish(context, response);
            }
        });
        response.closeHandler(_ -> close.run());
        response.exceptionHandler(_ -> close.run());
        endInTime(() -> {
            close.run();
            finish(context, response);
        });
    }

    private void serve(ServerWebSocket socket) {
        var context = vertx.getOrCreateContext();
        var close = open(new Watches.Sink() {
            @Override
            public void send(Buffer event) {
                context.runOnContext(_ -> {
                    if (!socket.isClosed()) {
                        socket.writeTextMessage(event.toString());
                    }
                });
            }

            @Override
            public void end() {
                context.runOnContext(_ -> socket.close());
            }
        });
        socket.closeHandler(_ -> close.run());
        socket.exceptionHandler(_ -> close.run());
        endInTime(() -> socket.close());
    }

    private Runnable open(Watches.Sink sink) {
        return state.call(() -> state.watches().open(watch, sink));
    }

    private void endInTime(Runnable end) {
        var seconds = watch.parameter("timeoutSeconds");
        if (seconds.matches("[1-9]\\d{0,5}")) {
            vertx.setTimer(1_000L * Integer.parseInt(seconds), _ -> end.run());
        }
    }

    private static void finish(Context context, HttpServerResponse response) {
        context.runOnContext(_ -> {
            if (!response.closed() && !response.ended()) {
                response.end();
            }
        });
    }
}
