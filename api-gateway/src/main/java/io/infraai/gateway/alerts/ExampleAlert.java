package io.infraai.gateway.alerts;

import java.io.IOException;
import java.time.Instant;

import com.fasterxml.jackson.databind.JsonNode;

import io.infraai.contracts.alert.Alert;

/** Alerts that were made up, to see what would come of them; read as a webhook's are, by and large. */
public sealed interface ExampleAlert {

    record Fit(Alert alert) implements ExampleAlert {}

    record Unfit(String reason) implements ExampleAlert {}

    static ExampleAlert of(JsonNode json, Instant now) {
        if (!json.isObject()) {
            return new Unfit("an alert is a JSON object");
        }
        var draft = new AlertDraft();
        try (var parser = json.traverse()) {
            parser.nextToken();
            draft.read(parser);
        } catch (IOException e) {
            throw new IllegalStateException("A tree can always be read", e);
        }
        return switch (draft.finish(Webhook.Shape.EXAMPLE, null, now)) {
            case AlertDraft.Fit(var alert) -> new Fit(alert);
            case AlertDraft.Unfit(var reason) -> new Unfit(reason);
        };
    }
}
