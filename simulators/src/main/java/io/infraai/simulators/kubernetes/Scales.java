package io.infraai.simulators.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The {@code scale} subresource. */
final class Scales {

    private final Resources resources;

    Scales(Resources resources) {
        this.resources = resources;
    }

    ObjectNode read(ObjectKey key) {
        return of(resources.existing(key).json());
    }

    JsonNode update(ObjectKey key, JsonNode scale, Write write) {
        var current = resources.existing(key);
        Resources.sameVersion(current, scale.path("metadata"));
        // a scale of zero may be written as a spec without replicas, as the field is left out when empty
        var replicas = Json.at(scale, "spec", "replicas");
        if (!replicas.isMissingNode() && (!replicas.isIntegralNumber() || replicas.asInt() < 0)) {
            throw ApiFailure.invalidScale(key.name(), "spec.replicas", Validation.negative(replicas));
        }
        var draft = current.draft();
        Json.child(draft, "spec").put("replicas", replicas.asInt(0));
        return of(resources.update(key, draft, write));
    }

    JsonNode patch(ObjectKey key, String contentType, JsonNode patch, Write write) {
        return update(key, Patches.apply(contentType, read(key), patch), write);
    }

    private static ObjectNode of(JsonNode object) {
        var scale = Json.object().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
        var metadata = scale.putObject("metadata");
        for (var field : new String[] {"name", "namespace", "uid", "resourceVersion", "creationTimestamp"}) {
            metadata.put(field, Json.text(object, "metadata", field));
        }
        scale.putObject("spec")
                .put("replicas", Json.at(object, "spec", "replicas").asInt());
        var selector = new StringBuilder();
        Json.at(object, "spec", "selector", "matchLabels")
                .properties()
                .forEach(label -> selector.append(selector.isEmpty() ? "" : ",")
                        .append(label.getKey())
                        .append('=')
                        .append(label.getValue().asText()));
        scale.putObject("status")
                .put("replicas", Json.at(object, "status", "replicas").asInt())
                .put("selector", selector.toString());
        return scale;
    }
}
