package io.infraai.simulators.prometheus;

import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/** The HTTP API, in Prometheus' envelope. */
final class QueryApi {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LABEL_VALUES = Pattern.compile("/api/v1/label/([a-zA-Z_]\\w*)/values");
    private static final Pattern DURATION = Pattern.compile("(\\d+)(ms|s|m|h|d)");
    private static final int MOST_POINTS = 11_000;

    private final SimulatedPrometheus prometheus;
    private final InstantSource clock;

    QueryApi(SimulatedPrometheus prometheus, InstantSource clock) {
        this.prometheus = prometheus;
        this.clock = clock;
    }

    void handle(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            var parameters = MultiMap.caseInsensitiveMultiMap().addAll(request.params());
            var type = request.getHeader("Content-Type");
            if (type != null && type.startsWith("application/x-www-form-urlencoded")) {
                form(body.toString(), parameters);
            }
            answer(request, parameters, body);
        });
    }

    private static void form(String text, MultiMap parameters) {
        for (var field : text.split("&")) {
            var parts = field.split("=", 2);
            if (parts.length == 2) {
                parameters.add(
                        URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                        URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
    }

    private void answer(HttpServerRequest request, MultiMap parameters, Buffer body) {
        try {
            var values = LABEL_VALUES.matcher(request.path());
            if (values.matches()) {
                success(request, labelValues(values.group(1)));
                return;
            }
            switch (request.path()) {
                case "/-/ready" -> text(request, 200, "Prometheus Server is Ready.\n");
                case "/-/healthy" -> text(request, 200, "Prometheus Server is Healthy.\n");
                case "/api/v1/query" -> success(request, instant(parameters));
                case "/api/v1/query_range" -> success(request, range(parameters));
                case "/api/v1/labels" -> success(request, labels());
                case "/simulator/series" -> control(request, body);
                default -> text(request, 404, "404 page not found\n");
            }
        } catch (BadData bad) {
            var envelope = JsonNodeFactory.instance.objectNode();
            envelope.put("status", "error").put("errorType", "bad_data").put("error", bad.getMessage());
            json(request, 400, envelope);
        }
    }

    private ObjectNode instant(MultiMap parameters) {
        var query = InstantQuery.parse(parameter(parameters, "query"));
        var at = parameters.contains("time")
                ? time(parameters, "time")
                : clock.instant().toEpochMilli() / 1_000.0;
        var data = JsonNodeFactory.instance.objectNode().put("resultType", "vector");
        var result = data.putArray("result");
        for (var series : query.over(prometheus.series())) {
            var node = result.addObject();
            metric(node, series);
            point(node.putArray("value"), at, series.value());
        }
        return data;
    }

    private ObjectNode range(MultiMap parameters) {
        var start = time(parameters, "start");
        var end = time(parameters, "end");
        var step = step(parameter(parameters, "step"));
        if (end < start) {
            throw new BadData("invalid parameter \"end\": end timestamp must not be before start time");
        }
        if (step <= 0) {
            throw new BadData(
                    "invalid parameter \"step\": zero or negative query resolution step widths are not accepted."
                            + " Try a positive integer");
        }
        if ((end - start) / step > MOST_POINTS) {
            throw new BadData("exceeded maximum resolution of 11,000 points per timeseries."
                    + " Try decreasing the query resolution (?step=XX)");
        }
        var query = InstantQuery.parse(parameter(parameters, "query"));
        var data = JsonNodeFactory.instance.objectNode().put("resultType", "matrix");
        var result = data.putArray("result");
        for (var series : query.over(prometheus.series())) {
            var node = result.addObject();
            metric(node, series);
            var points = node.putArray("values");
            for (int i = 0; start + i * step <= end; i++) {
                point(points.addArray(), start + i * step, series.value());
            }
        }
        return data;
    }

    private ArrayNode labels() {
        var names = new TreeSet<String>();
        prometheus.series().forEach(series -> names.addAll(series.allLabels().keySet()));
        return array(names);
    }

    private ArrayNode labelValues(String label) {
        var values = new TreeSet<String>();
        prometheus.series().forEach(series -> values.add(series.label(label)));
        values.remove("");
        return array(values);
    }

    private void control(HttpServerRequest request, Buffer body) {
        if (request.method().equals(HttpMethod.DELETE)) {
            prometheus.clear();
        } else {
            var series = parsed(body);
            var labels = new HashMap<String, String>();
            series.path("labels")
                    .properties()
                    .forEach(
                            label -> labels.put(label.getKey(), label.getValue().asText()));
            prometheus.set(
                    series.path("metric").asText(), labels, series.path("value").asDouble());
        }
        request.response().setStatusCode(204).end();
    }

    private static JsonNode parsed(Buffer body) {
        try {
            var series = JSON.readTree(body.toString());
            if (!series.path("metric").isTextual() || !series.path("value").isNumber()) {
                throw new BadData("A series has a metric and a value");
            }
            return series;
        } catch (JsonProcessingException malformed) {
            throw new BadData(malformed.getOriginalMessage());
        }
    }

    private static void metric(ObjectNode node, Series series) {
        var metric = node.putObject("metric");
        series.allLabels().forEach(metric::put);
    }

    private static void point(ArrayNode point, double at, double value) {
        point.add(new BigDecimal(Double.toString(at)).stripTrailingZeros());
        point.add(text(value));
    }

    private static String text(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }

    private static double time(MultiMap parameters, String name) {
        var text = parameter(parameters, name);
        try {
            return text.contains("T") ? Instant.parse(text).toEpochMilli() / 1_000.0 : Double.parseDouble(text);
        } catch (DateTimeException | NumberFormatException malformed) {
            throw new BadData(
                    "invalid parameter \"%s\": cannot parse \"%s\" to a valid timestamp".formatted(name, text));
        }
    }

    private static double step(String text) {
        var duration = DURATION.matcher(text);
        if (duration.matches()) {
            var number = Double.parseDouble(duration.group(1));
            return switch (duration.group(2)) {
                case "ms" -> number / 1_000;
                case "s" -> number;
                case "m" -> number * 60;
                case "h" -> number * 3_600;
                default -> number * 86_400;
            };
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException malformed) {
            throw new BadData("invalid parameter \"step\": cannot parse \"%s\" to a valid duration".formatted(text));
        }
    }

    private static String parameter(MultiMap parameters, String name) {
        var value = parameters.get(name);
        return value == null ? "" : value;
    }

    private static ArrayNode array(Set<String> texts) {
        var array = JsonNodeFactory.instance.arrayNode();
        texts.forEach(array::add);
        return array;
    }

    private static void success(HttpServerRequest request, JsonNode data) {
        var envelope = JsonNodeFactory.instance.objectNode().put("status", "success");
        envelope.set("data", data);
        json(request, 200, envelope);
    }

    private static void json(HttpServerRequest request, int status, JsonNode body) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(body.toString());
    }

    private static void text(HttpServerRequest request, int status, String body) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .end(body);
    }
}
