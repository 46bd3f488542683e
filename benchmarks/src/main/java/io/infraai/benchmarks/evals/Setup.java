package io.infraai.benchmarks.evals;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.infraai.simulators.kubernetes.Breakage;
import io.infraai.simulators.kubernetes.Heals;

/** Takes the steps that lead into a scenario: faults of the platforms, alerts, policies. */
final class Setup {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final double SECONDS_OF_A_TREND = 3_600;

    private final World world;
    private final Subject infraai;

    Setup(World world, Subject infraai) {
        this.world = world;
        this.infraai = infraai;
    }

    /** @throws IllegalArgumentException when there is no such step, or it lacks something */
    void take(JsonNode written) {
        var step = named(written);
        switch (step.path("do").asText()) {
            case "break", "scale", "add_deployment", "add_pod", "create", "patch", "report", "warn", "delete", "log" ->
                inCluster(step);
            case "metric", "trend", "rule_alert" -> inPrometheus(step);
            case "alertmanager_alert" ->
                world.alertmanager().alert(texts(step.path("labels")), texts(step.path("annotations")));
            case "silence" -> world.alertmanager().silence(text(step, "label"), text(step, "value"));
            case "dashboard" ->
                world.grafana().dashboard(object(step, "dashboard").toString());
            case "vm_power_off" -> world.vcenter().powerOff(text(step, "vm"));
            case "vm_snapshot" ->
                world.vcenter()
                        .addSnapshot(
                                text(step, "vm"),
                                text(step, "name"),
                                step.path("description").asText());
            case "alert" -> alert(step);
            case "policy" -> infraai.policy(object(step, "policy"));
            case String other -> throw new IllegalArgumentException("'" + other + "' is no step of a setup");
        }
    }

    private void inCluster(JsonNode step) {
        var cluster = world.cluster();
        var namespace = step.path("namespace").asText();
        switch (step.path("do").asText()) {
            case "break" -> broken(step, namespace);
            case "scale" ->
                cluster.scale(
                        namespace,
                        text(step, "deployment"),
                        step.path("replicas").asInt());
            case "add_deployment" ->
                cluster.addDeployment(
                        namespace, text(step, "name"), step.path("replicas").asInt(1));
            case "add_pod" -> cluster.addPod(namespace, text(step, "name"));
            case "create" -> cluster.create(text(step, "kind"), namespace, object(step, "object"));
            case "patch" -> cluster.patch(text(step, "kind"), namespace, text(step, "name"), object(step, "patch"));
            case "report" -> cluster.report(text(step, "kind"), namespace, text(step, "name"), object(step, "status"));
            case "warn" ->
                cluster.warn(
                        text(step, "kind"), namespace, text(step, "name"), text(step, "reason"), text(step, "message"));
            case "delete" -> cluster.delete(text(step, "kind"), namespace, text(step, "name"));
            default ->
                cluster.writeLog(
                        namespace,
                        text(step, "pod"),
                        step.path("lines").valueStream().map(JsonNode::asText).toList());
        }
    }

    private void broken(JsonNode step, String namespace) {
        var how = Breakage.named(text(step, "how"));
        var heals = step.path("heals").asText("restart").equals("never") ? Heals.NEVER : Heals.BY_RESTART;
        if (step.has("deployment")) {
            world.cluster().breakDeployment(namespace, text(step, "deployment"), how, heals);
        } else {
            world.cluster().breakPod(namespace, text(step, "pod"), how, heals);
        }
    }

    private void inPrometheus(JsonNode step) {
        var labels = texts(step.path("labels"));
        switch (step.path("do").asText()) {
            case "metric" ->
                world.prometheus()
                        .set(text(step, "name"), labels, step.path("value").asDouble());
            case "trend" -> {
                var from = step.path("from").asDouble();
                var to = step.path("to").asDouble();
                double now = Instant.now().getEpochSecond();
                world.prometheus().vary(text(step, "name"), labels, at -> {
                    var way = Math.clamp(1 - (now - at) / SECONDS_OF_A_TREND, 0, 1);
                    return from + (to - from) * way;
                });
            }
            default ->
                world.prometheus()
                        .alert(
                                labels,
                                texts(step.path("annotations")),
                                step.path("state").asText("firing"));
        }
    }

    /** Alertmanager has it, and told InfraAI of it. */
    private void alert(JsonNode step) {
        var labels = texts(step.path("labels"));
        var annotations = texts(step.path("annotations"));
        world.alertmanager().alert(labels, annotations);
        infraai.alert(labels, annotations);
    }

    private JsonNode named(JsonNode step) {
        try {
            return JSON.readTree(world.named(step.toString()));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    private static Map<String, String> texts(JsonNode object) {
        var texts = new TreeMap<String, String>();
        object.properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts;
    }

    private static ObjectNode object(JsonNode step, String field) {
        if (step.path(field) instanceof ObjectNode found) {
            return found;
        }
        throw new IllegalArgumentException("There is no object " + field + " in the step " + step);
    }

    private static String text(JsonNode step, String field) {
        var value = step.path(field).asText("");
        if (value.isEmpty()) {
            throw new IllegalArgumentException("There is no " + field + " in the step " + step);
        }
        return value;
    }
}
