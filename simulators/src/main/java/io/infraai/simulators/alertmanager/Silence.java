package io.infraai.simulators.alertmanager;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Whose notifications are held back, and until when. */
record Silence(
        String id, List<LabelMatcher> matchers, Instant startsAt, Instant endsAt, String createdBy, String comment) {

    Silence {
        matchers = List.copyOf(matchers);
    }

    /** By a person, for an hour. */
    static Silence of(String label, String value, Instant now) {
        var matcher = new LabelMatcher(label, value, false, true);
        return new Silence(
                UUID.randomUUID().toString(), List.of(matcher), now, now.plus(Duration.ofHours(1)), "ops", "by hand");
    }

    /** Empty when Alertmanager would refuse it. */
    static Optional<Silence> sent(JsonNode sent, String id) {
        var matchers =
                sent.path("matchers").valueStream().map(LabelMatcher::sent).toList();
        if (matchers.isEmpty() || matchers.stream().anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Silence(
                    id,
                    matchers.stream().map(Optional::orElseThrow).toList(),
                    Instant.parse(sent.path("startsAt").asText()),
                    Instant.parse(sent.path("endsAt").asText()),
                    sent.path("createdBy").asText(),
                    sent.path("comment").asText()));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    boolean covers(Map<String, String> labels) {
        return matchers.stream().allMatch(matcher -> matcher.matches(labels));
    }

    boolean isActive(Instant now) {
        return endsAt.isAfter(now);
    }

    Silence ended(Instant now) {
        return new Silence(id, matchers, startsAt, now, createdBy, comment);
    }

    ObjectNode json(Instant now) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("createdBy", createdBy)
                .put("comment", comment)
                .put("startsAt", startsAt.toString())
                .put("endsAt", endsAt.toString())
                .put("updatedAt", startsAt.toString());
        json.putObject("status").put("state", isActive(now) ? "active" : "expired");
        matchers.stream().map(LabelMatcher::json).forEach(json.putArray("matchers")::add);
        return json;
    }
}
