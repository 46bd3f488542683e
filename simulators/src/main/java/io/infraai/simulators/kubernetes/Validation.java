package io.infraai.simulators.kubernetes;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the API server refuses with 422, and the defaults it fills in. */
final class Validation {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

    private Validation() {}

    static void complete(ObjectKey key, ObjectNode object) {
        switch (key.kind()) {
            case DEPLOYMENT -> {
                var spec = Json.child(object, "spec");
                putIfAbsent(spec, "replicas", 1);
                putIfAbsent(spec, "revisionHistoryLimit", 10);
                putIfAbsent(spec, "progressDeadlineSeconds", 600);
                var strategy = Json.child(spec, "strategy");
                if (!strategy.has("type")) {
                    strategy.put("type", "RollingUpdate");
                }
                if (strategy.path("type").asText().equals("RollingUpdate") && !strategy.has("rollingUpdate")) {
                    strategy.putObject("rollingUpdate")
                            .put("maxUnavailable", "25%")
                            .put("maxSurge", "25%");
                }
                if (Json.at(spec, "template", "spec") instanceof ObjectNode pod) {
                    completePod(pod);
                }
            }
            case REPLICA_SET, STATEFUL_SET -> putIfAbsent(Json.child(object, "spec"), "replicas", 1);
            case SECRET -> encode(object);
            case POD -> completePod(Json.child(object, "spec"));
            case NAMESPACE, NODE, EVENT, CONFIG_MAP, DAEMON_SET, SCALED_OBJECT, DISRUPTION_BUDGET -> {}
        }
    }

    static void check(ObjectKey key, ObjectNode object) {
        if (!NAME.matcher(key.name()).matches()) {
            throw ApiFailure.invalid(
                    key,
                    "FieldValueInvalid",
                    "metadata.name",
                    "Invalid value: \"%s\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.'"
                            .formatted(key.name()));
        }
        switch (key.kind()) {
            case POD -> containers(key, object.path("spec"), "spec.containers");
            case DEPLOYMENT, REPLICA_SET, STATEFUL_SET -> {
                replicas(key, Json.at(object, "spec", "replicas"));
                workload(key, object.path("spec"));
            }
            case DAEMON_SET -> workload(key, object.path("spec"));
            case DISRUPTION_BUDGET -> {
                var spec = object.path("spec");
                if (spec.has("minAvailable") && spec.has("maxUnavailable")) {
                    throw ApiFailure.invalid(
                            key,
                            "FieldValueInvalid",
                            "spec",
                            "Invalid value: minAvailable and maxUnavailable cannot be both set");
                }
            }
            case SECRET -> encoded(key, object.path("data"));
            case NAMESPACE, NODE, EVENT, CONFIG_MAP, SCALED_OBJECT -> {}
        }
    }

    static void checkUpdate(ObjectKey key, Stored current, ObjectNode draft) {
        if (key.kind() == ResourceKind.DEPLOYMENT
                && !Json.at(draft, "spec", "selector").equals(current.at("spec", "selector"))) {
            throw ApiFailure.invalid(
                    key,
                    "FieldValueInvalid",
                    "spec.selector",
                    "Invalid value: %s: field is immutable".formatted(Json.at(draft, "spec", "selector")));
        }
        if (key.kind() == ResourceKind.POD && !withoutImages(draft).equals(withoutImages(current.json()))) {
            throw ApiFailure.invalid(
                    key,
                    "FieldValueForbidden",
                    "spec",
                    "Forbidden: pod updates may not change fields other than `spec.containers[*].image`");
        }
    }

    static void replicas(ObjectKey key, JsonNode replicas) {
        if (!replicas.isIntegralNumber() || replicas.asInt() < 0) {
            throw ApiFailure.invalid(key, "FieldValueInvalid", "spec.replicas", negative(replicas));
        }
    }

    static String negative(JsonNode replicas) {
        return "Invalid value: " + replicas + ": must be greater than or equal to 0";
    }

    private static void workload(ObjectKey key, JsonNode spec) {
        var labels = Json.at(spec, "selector", "matchLabels");
        if (labels.isEmpty() && Json.at(spec, "selector", "matchExpressions").isEmpty()) {
            throw ApiFailure.invalid(key, "FieldValueRequired", "spec.selector", "Required value");
        }
        if (!Selector.of(spec.path("selector")).matches(Json.at(spec, "template", "metadata", "labels"))) {
            throw ApiFailure.invalid(
                    key,
                    "FieldValueInvalid",
                    "spec.template.metadata.labels",
                    "Invalid value: %s: `selector` does not match template `labels`"
                            .formatted(Json.at(spec, "template", "metadata", "labels")));
        }
        containers(key, Json.at(spec, "template", "spec"), "spec.template.spec.containers");
    }

    private static void containers(ObjectKey key, JsonNode pod, String field) {
        if (pod.path("containers").isEmpty()) {
            throw ApiFailure.invalid(key, "FieldValueRequired", field, "Required value");
        }
        int i = 0;
        for (var container : pod.path("containers")) {
            if (container.path("name").asText("").isEmpty()) {
                throw ApiFailure.invalid(key, "FieldValueRequired", field + "[" + i + "].name", "Required value");
            }
            i++;
        }
    }

    /** What is written as {@code stringData} is kept as {@code data}. */
    private static void encode(ObjectNode secret) {
        if (secret.remove("stringData") instanceof ObjectNode texts) {
            var data = Json.child(secret, "data");
            texts.properties()
                    .forEach(text -> data.put(
                            text.getKey(),
                            Base64.getEncoder()
                                    .encodeToString(text.getValue().asText().getBytes(StandardCharsets.UTF_8))));
        }
    }

    /** The refusal quotes the value, as the real one may. */
    private static void encoded(ObjectKey key, JsonNode data) {
        data.properties().forEach(entry -> {
            try {
                Base64.getDecoder().decode(entry.getValue().asText());
            } catch (IllegalArgumentException malformed) {
                throw ApiFailure.invalid(
                        key,
                        "FieldValueInvalid",
                        "data[" + entry.getKey() + "]",
                        "Invalid value: \"" + entry.getValue().asText() + "\": illegal base64 data");
            }
        });
    }

    private static JsonNode withoutImages(ObjectNode pod) {
        var spec = pod.path("spec").deepCopy();
        for (var container : spec.path("containers")) {
            if (container instanceof ObjectNode fields) {
                fields.remove("image");
            }
        }
        return spec;
    }

    private static void completePod(ObjectNode spec) {
        if (!spec.has("restartPolicy")) {
            spec.put("restartPolicy", "Always");
        }
        putIfAbsent(spec, "terminationGracePeriodSeconds", 30);
    }

    private static void putIfAbsent(ObjectNode object, String field, int value) {
        if (!object.hasNonNull(field)) {
            object.put(field, value);
        }
    }
}
