package io.infraai.simulators.kubernetes;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** The simulator's own HTTP API under {@code /simulator/}, for scripts. */
final class ControlApi {

    private final SimulatedCluster cluster;

    ControlApi(SimulatedCluster cluster) {
        this.cluster = cluster;
    }

    void handle(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            var answer = answer(request, new ApiRequest.Body(body));
            request.response()
                    .setStatusCode(answer.status())
                    .putHeader("Content-Type", answer.contentType())
                    .end(answer.body());
        });
    }

    private Answer answer(HttpServerRequest request, ApiRequest.Body body) {
        try {
            return switch (request.method().name() + " " + request.path()) {
                case "GET /simulator/calls" -> Answer.json(200, calls(selected(request)));
                case "GET /simulator/effects" ->
                    Answer.json(
                            200,
                            calls(selected(request).stream()
                                    .filter(Call::effect)
                                    .toList()));
                case "DELETE /simulator/calls" -> done(cluster.calls()::clear);
                case "GET /simulator/pods" -> Answer.json(200, pods());
                case "POST /simulator/break" -> Answer.json(200, broken(body.object()));
                case "POST /simulator/heal" -> done(() -> heal(body.object()));
                case "GET /simulator/faults" -> Answer.json(200, faults());
                case "POST /simulator/faults" -> done(() -> cluster.faults().inject(rule(body.object())));
                case "DELETE /simulator/faults" -> done(cluster.faults()::clear);
                case "POST /simulator/deny" -> done(() -> cluster.deny(denial(body.object())));
                case "POST /simulator/allow" -> done(() -> cluster.allow(denial(body.object())));
                case "POST /simulator/deployments" -> done(() -> add(body.object()));
                default -> throw ApiFailure.noSuchPath();
            };
        } catch (ApiFailure failure) {
            return Answer.failure(failure);
        } catch (IllegalArgumentException refused) {
            return Answer.failure(ApiFailure.badRequest(String.valueOf(refused.getMessage())));
        }
    }

    private List<Call> selected(HttpServerRequest request) {
        var task = request.getParam("task");
        return task == null ? cluster.calls().all() : cluster.calls().of(task);
    }

    /** Breaks and says which pods it broke. */
    private JsonNode broken(ObjectNode order) {
        var namespace = required(order, "namespace");
        var how = Breakage.named(required(order, "how"));
        var heals = switch (order.path("heals").asText("restart")) {
            case "restart" -> Heals.BY_RESTART;
            case "never" -> Heals.NEVER;
            default -> throw ApiFailure.badRequest("heals is restart or never");
        };
        var answer = Json.object();
        var names = answer.putArray("pods");
        if (order.has("deployment") && !order.path("one").asBoolean()) {
            var deployment = required(order, "deployment");
            cluster.breakDeployment(namespace, deployment, how, heals);
            cluster.podsOf(namespace, deployment).forEach(names::add);
        } else {
            var pod = order.has("deployment")
                    ? cluster.podsOf(namespace, required(order, "deployment")).stream()
                            .findFirst()
                            .orElseThrow(() -> ApiFailure.badRequest("that deployment has no pods"))
                    : required(order, "pod");
            cluster.breakPod(namespace, pod, how, heals);
            names.add(pod);
        }
        return answer;
    }

    private void heal(ObjectNode order) {
        var namespace = required(order, "namespace");
        if (order.has("deployment")) {
            cluster.healDeployment(namespace, required(order, "deployment"));
        } else {
            cluster.healPod(namespace, required(order, "pod"));
        }
    }

    private void add(ObjectNode order) {
        cluster.addDeployment(
                required(order, "namespace"),
                required(order, "name"),
                order.path("replicas").asInt(1));
    }

    private static FaultRule rule(ObjectNode order) {
        var named = required(order, "kind");
        var kind = Arrays.stream(FaultKind.values())
                .filter(each -> each.wireName().equals(named))
                .findFirst()
                .orElseThrow(() -> ApiFailure.badRequest("'" + named + "' is no kind of fault"));
        try {
            return new FaultRule(
                    order.path("verb").asText("*"),
                    Pattern.compile(order.path("path").asText("")),
                    order.path("times").asInt(1),
                    kind,
                    order.path("status").asInt(kind == FaultKind.HTML ? 200 : 500),
                    Duration.ofMillis(order.path("delayMillis").asLong()));
        } catch (PatternSyntaxException malformed) {
            throw ApiFailure.badRequest(malformed.getDescription());
        }
    }

    private JsonNode faults() {
        var list = Json.array();
        for (var rule : cluster.faults().pending()) {
            list.addObject()
                    .put("verb", rule.verb())
                    .put("path", rule.path().pattern())
                    .put("times", rule.times())
                    .put("kind", rule.kind().wireName())
                    .put("status", rule.status())
                    .put("delayMillis", rule.delay().toMillis());
        }
        return list;
    }

    private JsonNode pods() {
        var list = Json.array();
        for (var pod : cluster.objects("pods", "")) {
            var container = Json.at(pod, "status", "containerStatuses").path(0);
            list.addObject()
                    .put("namespace", Json.text(pod, "metadata", "namespace"))
                    .put("name", Json.text(pod, "metadata", "name"))
                    .put("uid", Json.text(pod, "metadata", "uid"))
                    .put("phase", Json.text(pod, "status", "phase"))
                    .put("ready", Conditions.holds(pod, "Ready"))
                    .put("terminating", pod.path("metadata").has("deletionTimestamp"))
                    .put("waiting", Json.text(container, "state", "waiting", "reason"))
                    .put("restarts", PodStatus.restarts(pod));
        }
        return list;
    }

    private static JsonNode calls(List<Call> calls) {
        var list = Json.array();
        for (var call : calls) {
            var node = list.addObject()
                    .put("number", call.number())
                    .put("start", call.start().toString())
                    .put("end", text(call.end()))
                    .put("verb", call.verb())
                    .put("path", call.path())
                    .put("userAgent", call.userAgent())
                    .put("fieldManager", call.fieldManager())
                    .put("task", call.task())
                    .put("fence", call.fence())
                    .put("preconditionUid", call.preconditionUid())
                    .put("preconditionVersion", call.preconditionVersion())
                    .put("status", call.status())
                    .put("fault", call.fault() == null ? null : call.fault().wireName())
                    .put("effect", call.effect());
            var effects = node.putArray("effects");
            call.effects()
                    .forEach(effect -> effects.addObject()
                            .put("what", effect.what().wireName())
                            .put("resource", effect.resource())
                            .put("namespace", effect.namespace())
                            .put("name", effect.name())
                            .put("uid", effect.uid())
                            .put("detail", effect.detail()));
        }
        return list;
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static Denial denial(ObjectNode order) {
        return new Denial(required(order, "verb"), required(order, "namespace"));
    }

    private static String required(ObjectNode order, String field) {
        var value = order.path(field).asText("");
        if (value.isEmpty()) {
            throw ApiFailure.badRequest(field + " is missing");
        }
        return value;
    }

    private static Answer done(Runnable step) {
        step.run();
        return new Answer(204, "application/json", Buffer.buffer(), Map.of());
    }
}
