package io.infraai.simulators.kubernetes;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Who is let in, and what they may do. Thread-safe. */
final class AccessControl {

    private static final String USER = "infraai";

    private final Set<Denial> denied;
    private volatile Optional<String> bearer;

    AccessControl(ClusterConfig config) {
        denied = new CopyOnWriteArraySet<>(config.denied());
        bearer = config.bearer();
    }

    void require(Optional<String> newBearer) {
        bearer = newBearer;
    }

    void deny(Denial denial) {
        denied.add(denial);
    }

    void allow(Denial denial) {
        denied.remove(denial);
    }

    void authenticate(@Nullable String authorization) {
        var expected = bearer;
        if (expected.isPresent() && !("Bearer " + expected.get()).equals(authorization)) {
            throw ApiFailure.unauthorized();
        }
    }

    void authorize(ApiRequest request) {
        if (!allowed(request.verb(), request.target().namespace())) {
            throw ApiFailure.forbidden(request, USER);
        }
    }

    /** Answers a SelfSubjectAccessReview. */
    ObjectNode review(ObjectNode asked) {
        var attributes = Json.at(asked, "spec", "resourceAttributes");
        asked.put("kind", "SelfSubjectAccessReview").put("apiVersion", "authorization.k8s.io/v1");
        JsonNode verb = attributes.path("verb");
        var status = asked.putObject("status");
        if (allowed(verb.asText(""), attributes.path("namespace").asText(""))) {
            return asked.set("status", status.put("allowed", true).put("reason", "RBAC: allowed"));
        }
        return asked.set("status", status.put("allowed", false));
    }

    private boolean allowed(String verb, String namespace) {
        return denied.stream().noneMatch(denial -> denial.covers(verb, namespace));
    }
}
