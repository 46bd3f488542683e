package io.infraai.gateway.problem;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.jboss.logging.Logger;

/** Makes failures below and beside the resources problems too. */
@ApplicationScoped
final class RouteFailures {

    private static final Logger LOG = Logger.getLogger(RouteFailures.class);

    void install(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(RouteFailures::failed);
        // after every route there is, so reached by what nobody served
        router.route().order(Integer.MAX_VALUE).handler(RouteFailures::unserved);
    }

    private static void unserved(RoutingContext context) {
        Problems.send(context, Problem.of(ErrorCode.NOT_FOUND, "Nothing is served at this address"));
    }

    private static void failed(RoutingContext context) {
        if (context.failure() instanceof ProblemException known) {
            Problems.send(context, known.problem());
            return;
        }
        var code = ErrorCode.ofStatus(context.statusCode());
        if (code == ErrorCode.INTERNAL) {
            LOG.errorf(context.failure(), "Request failed, requestId=%s", RequestId.of(context));
        }
        Problems.send(context, Problem.of(code, ProblemMappers.detail(code, context)));
    }
}
