package io.infraai.simulators.kubernetes;

import java.time.Duration;
import java.time.InstantSource;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/** One request and its answer, of which there is at most one. */
record Exchange(Vertx vertx, HttpServerRequest request, OpenCall call, InstantSource clock) {

    void send(Answer answer) {
        var response = request.response();
        if (response.closed() || response.ended()) {
            call.close(clock.instant(), 0);
            return;
        }
        // recorded first: whoever has the answer finds it in the log
        call.close(clock.instant(), answer.status());
        response.setStatusCode(answer.status()).putHeader("Content-Type", answer.contentType());
        answer.headers().forEach(response::putHeader);
        response.end(answer.body());
    }

    /** Closes the connection without an answer. */
    void drop() {
        call.close(clock.instant(), 0);
        request.connection().close();
    }

    void later(Duration delay, Runnable action) {
        vertx.setTimer(Math.max(1, delay.toMillis()), _ -> action.run());
    }

    /** Records that an endless answer has begun. */
    void streaming(int status) {
        call.close(clock.instant(), status);
    }
}
