package io.infraai.simulators.prometheus;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.infraai.simulators.http.HttpAnswer;
import io.infraai.simulators.http.HttpCall;

/** The HTTP API, in Prometheus' envelope. */
final class QueryApi {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LABEL_VALUES = Pattern.compile("/api/v1/label/([a-zA-Z_]\\w*)/values");
    private static final Pattern DURATION = Pattern.compile("(\\d+)(ms|s|m|h|d)");
    private static final int MOST_POINTS = 11_000;

    private final SimulatedPrometheus prometheus;
    private final StateApi state;
    private final InstantSource clock;

    QueryApi(SimulatedPrometheus prometheus, InstantSource clock) {
        this.prometheus = prometheus;
        this.state = new StateApi(prometheus);
        this.clock = clock;
    }

    HttpAnswer answer(HttpCall call) {
        try {
            var values = LABEL_VALUES.matcher(call.path());
            return values.matches() ? success(labelValues(values.group(1), call)) : routed(call);
        } catch (BadData bad) {
            var envelope = JsonNodeFactory.instance.objectNode();
            envelope.put("status", "error").put("errorType", "bad_data").put("error", bad.getMessage());
            return HttpAnswer.json(400, envelope);
        }
    }

    private HttpAnswer routed(HttpCall call) {
        return switch (call.path()) {
            case "/-/ready" -> HttpAnswer.text(200, "Prometheus Server is Ready.\n");
            case "/-/healthy" -> HttpAnswer.text(200, "Prometheus Server is Healthy.\n");
            case "/api/v1/query" -> success(instant(call));
            case "/api/v1/query_range" -> success(range(call));
            case "/api/v1/labels" -> success(labels());
            case "/api/v1/metadata" -> success(state.metadata(call.parameter("metric")));
            case "/api/v1/targets" -> success(state.targets());
            case "/api/v1/alerts" -> success(state.alerts());
            case "/simulator/series" -> control(call);
            default -> HttpAnswer.text(404, "404 page not found\n");
        };
    }

    private ObjectNode instant(HttpCall call) {
        var query = InstantQuery.parse(parameter(call, "query"));
        var at = call.parameter("time").isPresent()
                ? time(call, "time")
                : clock.instant().toEpochMilli() / 1_000.0;
        var data = JsonNodeFactory.instance.objectNode().put("resultType", "vector");
        var result = data.putArray("result");
        for (var series : query.over(prometheus.timeline().at(at))) {
            var node = result.addObject();
            metric(node, series);
            point(node.putArray("value"), at, series.value());
        }
        return data;
    }

    private ObjectNode range(HttpCall call) {
        var start = time(call, "start");
        var end = time(call, "end");
        var step = step(parameter(call, "step"));
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
        var query = InstantQuery.parse(parameter(call, "query"));
        var data = JsonNodeFactory.instance.objectNode().put("resultType", "matrix");
        var result = data.putArray("result");
        var timeline = prometheus.timeline();
        var points = new LinkedHashMap<Map<String, String>, ArrayNode>();
        for (int i = 0; start + i * step <= end; i++) {
            var at = start + i * step;
            for (var series : query.over(timeline.at(at))) {
                var values = points.computeIfAbsent(series.allLabels(), _ -> {
                    var node = result.addObject();
                    metric(node, series);
                    return node.putArray("values");
                });
                point(values.addArray(), at, series.value());
            }
        }
        return data;
    }

    private ArrayNode labels() {
        var names = new TreeSet<String>();
        prometheus.series().forEach(series -> names.addAll(series.allLabels().keySet()));
        return array(names);
    }

    private ArrayNode labelValues(String label, HttpCall call) {
        var selectors = call.all("match[]").stream().map(InstantQuery::parse).toList();
        var all = prometheus.series();
        var values = new TreeSet<String>();
        for (var series : all) {
            if (selectors.isEmpty()
                    || selectors.stream()
                            .anyMatch(it -> !it.over(List.of(series)).isEmpty())) {
                values.add(series.label(label));
            }
        }
        values.remove("");
        return array(values);
    }

    private HttpAnswer control(HttpCall call) {
        if (call.method().equals("DELETE")) {
            prometheus.clear();
            return HttpAnswer.empty(204);
        }
        var series = parsed(call.body());
        var labels = new HashMap<String, String>();
        series.path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        prometheus.set(
                series.path("metric").asText(), labels, series.path("value").asDouble());
        return HttpAnswer.empty(204);
    }

    private static JsonNode parsed(String body) {
        try {
            var series = JSON.readTree(body);
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

    private static double time(HttpCall call, String name) {
        var text = parameter(call, name);
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

    private static String parameter(HttpCall call, String name) {
        return call.parameter(name).orElse("");
    }

    private static ArrayNode array(Set<String> texts) {
        var array = JsonNodeFactory.instance.arrayNode();
        texts.forEach(array::add);
        return array;
    }

    private static HttpAnswer success(JsonNode data) {
        var envelope = JsonNodeFactory.instance.objectNode().put("status", "success");
        envelope.set("data", data);
        return HttpAnswer.json(200, envelope);
    }
}
