package io.infraai.gateway.problem;

import java.util.concurrent.TimeoutException;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import io.vertx.ext.web.RoutingContext;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import io.infraai.persistence.tenancy.StoreUnavailable;

/** Makes every failure of a resource a problem. */
final class ProblemMappers {

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    @ServerExceptionMapper
    Response known(ProblemException failure, RoutingContext context) {
        return answer(failure.problem(), context).build();
    }

    @ServerExceptionMapper
    Response unavailable(StoreUnavailable failure, RoutingContext context) {
        LOG.warnf("The store is unavailable, requestId=%s: %s", RequestId.of(context), failure.getMessage());
        return answer(Problem.unavailable("The store can't be reached for now"), context)
                .build();
    }

    @ServerExceptionMapper
    Response late(TimeoutException failure, RoutingContext context) {
        return answer(Problem.unavailable("The store gave no answer in time"), context)
                .build();
    }

    @ServerExceptionMapper
    Response late(io.smallrye.mutiny.TimeoutException failure, RoutingContext context) {
        return answer(Problem.unavailable("The store gave no answer in time"), context)
                .build();
    }

    @ServerExceptionMapper
    Response refused(WebApplicationException failure, RoutingContext context) {
        var response = failure.getResponse();
        var code = ErrorCode.ofStatus(response.getStatus());
        if (code == ErrorCode.INTERNAL) {
            return unforeseen(failure, context);
        }
        var answer = answer(Problem.of(code, detail(code, context)), context);
        var allowed = response.getHeaderString(HttpHeaders.ALLOW);
        return allowed == null
                ? answer.build()
                : answer.header(HttpHeaders.ALLOW, allowed).build();
    }

    @ServerExceptionMapper
    Response unforeseen(Throwable failure, RoutingContext context) {
        LOG.errorf(failure, "Request failed, requestId=%s", RequestId.of(context));
        return answer(Problem.of(ErrorCode.INTERNAL, "The request id finds it in our log"), context)
                .build();
    }

    static String detail(ErrorCode code, RoutingContext context) {
        var request = context.request();
        return switch (code) {
            case NOT_FOUND -> "Nothing is served at this address";
            case METHOD_NOT_ALLOWED -> request.method().name() + " is not served at this address";
            case UNSUPPORTED_MEDIA_TYPE -> "Send application/json in UTF-8";
            case NOT_ACCEPTABLE -> "Accept application/json";
            default -> code.title();
        };
    }

    private static Response.ResponseBuilder answer(Problem problem, RoutingContext context) {
        var answer = Response.status(problem.code().status())
                .type(Problem.MEDIA_TYPE)
                .entity(problem.json(context.request().path(), RequestId.of(context)));
        problem.headers().forEach(answer::header);
        return answer;
    }
}
