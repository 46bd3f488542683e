package io.infraai.gateway.problem;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;

/** Answers with a problem where no resource is involved. */
public final class Problems {

    private static final long LINGER_MILLIS = 2_000;

    private Problems() {}

    public static void send(RoutingContext context, Problem problem) {
        written(context, problem);
    }

    /** Also ends the connection, since what follows on it can't be trusted. */
    public static void refuse(RoutingContext context, Problem problem) {
        context.response().putHeader("Connection", "close");
        written(context, problem).onComplete(_ -> end(context, problem));
    }

    private static Future<Void> written(RoutingContext context, Problem problem) {
        var response = context.response();
        if (response.ended()) {
            return Future.succeededFuture();
        }
        if (response.headWritten()) {
            return context.request().connection().close();
        }
        problem.headers().forEach(response::putHeader);
        return response.setStatusCode(problem.code().status())
                .putHeader("Content-Type", Problem.MEDIA_TYPE)
                .end(problem.json(context.request().path(), RequestId.of(context)));
    }

    /** A sender in the middle of an honest body gets a moment to read the answer before the connection is gone. */
    private static void end(RoutingContext context, Problem problem) {
        var request = context.request();
        if (request.isEnded() || problem.code() == ErrorCode.MALFORMED_REQUEST) {
            request.connection().close();
            return;
        }
        var timer = context.vertx()
                .setTimer(LINGER_MILLIS, _ -> request.connection().close());
        request.resume();
        request.end().onComplete(_ -> {
            context.vertx().cancelTimer(timer);
            request.connection().close();
        });
    }
}
