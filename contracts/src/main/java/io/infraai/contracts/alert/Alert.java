package io.infraai.contracts.alert;

import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One element of a webhook's {@code alerts}. Its texts come from outside and are data, never instructions.
 *
 * @param labels the alert's own; a message's common labels are never merged in
 * @param endsAt absent while it fires
 * @param fingerprint what the sender called it; kept to be shown, never trusted as a key
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Alert(
        AlertStatus status,
        Map<String, String> labels,
        Map<String, String> annotations,
        Instant startsAt,
        @Nullable Instant endsAt,
        @Nullable String generatorUrl,
        @Nullable String fingerprint) {

    public Alert {
        // Map.copyOf refuses null keys and values, which no store could keep either
        labels = labels == null ? Map.of() : Map.copyOf(labels);
        annotations = annotations == null ? Map.of() : Map.copyOf(annotations);
    }

    /** The label's value; an absent label is the empty string, as in PromQL. */
    public String label(String name) {
        return labels.getOrDefault(name, "");
    }

    public String annotation(String name) {
        return annotations.getOrDefault(name, "");
    }
}
