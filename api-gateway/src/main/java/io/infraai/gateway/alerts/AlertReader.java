package io.infraai.gateway.alerts;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.infraai.contracts.alert.AlertKey;
import io.infraai.contracts.identity.TenantId;
import io.infraai.persistence.intake.AlertIntake.Batch;
import io.infraai.persistence.intake.AlertIntake.Quarantined;
import io.infraai.persistence.intake.AlertIntake.Received;

/** Reads a webhook's alerts batch by batch. An alert that can't be taken is set aside and spoils no other. */
final class AlertReader implements AutoCloseable {

    private static final int SAMPLE_BYTES = 4 * 1024;

    private final Webhook webhook;
    private final TenantId tenant;
    private final Set<String> replicaLabels;
    private final Instant now;
    private final JsonParser parser;
    private int index;

    AlertReader(Webhook webhook, TenantId tenant, Set<String> replicaLabels, Instant now) {
        this.webhook = webhook;
        this.tenant = tenant;
        this.replicaLabels = replicaLabels;
        this.now = now;
        try {
            this.parser = webhook.alerts();
            parser.nextToken();
        } catch (IOException e) {
            throw checkedBefore(e);
        }
    }

    /** The next alerts of the message, in order; an empty batch at its end. */
    Batch next(int most) {
        var alerts = new ArrayList<Received>();
        var quarantined = new ArrayList<Quarantined>();
        try {
            for (int i = 0; i < most && !atEnd(); i++) {
                parser.nextToken();
                read(alerts, quarantined);
                index++;
            }
        } catch (IOException e) {
            throw checkedBefore(e);
        }
        return new Batch(alerts, quarantined);
    }

    /** Whether every alert was read. */
    boolean atEnd() {
        return index == webhook.count();
    }

    private void read(List<Received> alerts, List<Quarantined> quarantined) throws IOException {
        var from = parser.currentTokenLocation().getByteOffset();
        var draft = new AlertDraft();
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            draft.read(parser);
        } else {
            draft.fault("an alert is a JSON object");
            parser.finishToken();
            parser.skipChildren();
        }
        switch (draft.finish(webhook.shape(), webhook.status(), now)) {
            case AlertDraft.Fit(var alert) ->
                alerts.add(new Received(index, AlertKey.of(tenant, alert.labels(), replicaLabels), alert));
            case AlertDraft.Unfit(var reason) -> quarantined.add(new Quarantined(index, reason, sample(from)));
        }
    }

    /** The alert's first bytes as they came, without what a log or a page could choke on. */
    private String sample(long from) {
        var text = webhook.text(from, parser.currentLocation().getByteOffset(), SAMPLE_BYTES);
        return text.replaceAll("[\\p{Cntrl}\\uFFFD]", " ").strip();
    }

    private static IllegalStateException checkedBefore(IOException cause) {
        return new IllegalStateException("A body that was found well-formed can't be read again", cause);
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
