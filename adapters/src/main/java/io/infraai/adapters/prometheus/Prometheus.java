package io.infraai.adapters.prometheus;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

import io.infraai.adapters.tool.http.Answer;
import io.infraai.adapters.tool.http.Answer.Given;
import io.infraai.adapters.tool.http.Answer.Missing;
import io.infraai.adapters.tool.http.JsonEndpoint;
import io.infraai.adapters.tool.http.Request;
import io.infraai.adapters.tool.series.Sample;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolResult.Failed;

/** Asks Prometheus' HTTP API. */
@ApplicationScoped
public class Prometheus {

    private static final int LONGEST_QUERY = 8 * 1024;

    /** What Prometheus calls a query that it gave up itself. */
    private static final Set<String> GIVEN_UP = Set.of("timeout", "canceled");

    private final JsonEndpoint endpoint;

    Prometheus(PrometheusConfig config, Vertx vertx, ObjectMapper json) {
        var headers =
                config.tenant().map(tenant -> Map.of("X-Scope-OrgID", tenant)).orElseGet(Map::of);
        this.endpoint = new JsonEndpoint("Prometheus", "infraai.prometheus", config, headers, vertx, json);
    }

    /** The one value that the query yields now. Never fails: what went wrong is {@link Reading.None}. */
    public Uni<Reading> value(String query) {
        return endpoint.ask(Request.form("/api/v1/query").with("query", query)).map(Prometheus::reading);
    }

    /** The answer to a query, told from the {@code data} of Prometheus' envelope. */
    Uni<ToolResult> query(Request request, String query, Function<JsonNode, ToolResult> tell) {
        if (query.getBytes(StandardCharsets.UTF_8).length > LONGEST_QUERY) {
            return Uni.createFrom().item(new Failed(FailureReason.INVALID_PARAMETERS, "A query has at most 8 KiB"));
        }
        return ask(request.with("query", query), tell);
    }

    Uni<ToolResult> ask(Request request, Function<JsonNode, ToolResult> tell) {
        return endpoint.ask(request).map(answer -> switch (answer) {
            case Given(var body) -> told(body, tell);
            case Missing(var failure, var body) -> classified(failure, body);
        });
    }

    private static ToolResult told(JsonNode body, Function<JsonNode, ToolResult> tell) {
        if (!isSuccess(body)) {
            return new Failed(
                    FailureReason.UNREACHABLE,
                    "What infraai.prometheus.url leads to answers with JSON, yet isn't Prometheus");
        }
        var warnings = body.path("warnings");
        return switch (tell.apply(body.path("data"))) {
            case Done done
            when !warnings.isEmpty() && done.detail().isObject() -> {
                var detail = done.detail().<ObjectNode>deepCopy();
                detail.set("warnings", warnings);
                yield new Done(done.summary(), detail);
            }
            case Done done -> done;
            case Failed failed -> failed;
        };
    }

    private static Failed classified(Failed failure, JsonNode body) {
        return GIVEN_UP.contains(body.path("errorType").asText(""))
                ? new Failed(FailureReason.TIMED_OUT, failure.message())
                : failure;
    }

    private static Reading reading(Answer answer) {
        return switch (answer) {
            case Missing(var failure, var _) -> new Reading.None(failure.message());
            case Given(var body) ->
                isSuccess(body)
                        ? oneValue(body.path("data"))
                        : new Reading.None("what infraai.prometheus.url leads to isn't Prometheus");
        };
    }

    private static boolean isSuccess(JsonNode body) {
        return "success".equals(body.path("status").asText(""));
    }

    private static Reading oneValue(JsonNode data) {
        var result = data.path("result");
        return switch (data.path("resultType").asText()) {
            case "scalar" -> value(result);
            case "vector" ->
                switch (result.size()) {
                    case 0 -> new Reading.None("the query yields nothing");
                    case 1 -> value(result.get(0).path("value"));
                    default -> new Reading.None("the query yields " + result.size() + " series, not one");
                };
            default -> new Reading.None("the query yields no single value");
        };
    }

    private static Reading value(JsonNode pair) {
        return new Reading.Value(Sample.of(pair).number());
    }

    /** What a query yielded. */
    public sealed interface Reading {

        record Value(double value) implements Reading {}

        /**
         * @param why it yielded no value
         */
        record None(String why) implements Reading {}
    }
}
