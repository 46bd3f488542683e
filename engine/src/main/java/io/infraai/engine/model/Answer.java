package io.infraai.engine.model;

import java.util.function.Consumer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.subscription.UniEmitter;

/** An answer while it streams in. Used by one event loop; what comes after the end is dropped. */
final class Answer {

    /** A long answer has some 20 KiB of text, in chunks that wrap each word in 200 bytes. */
    private static final int MOST_BYTES = 1024 * 1024;

    private final UniEmitter<? super Whole> emitter;
    private final Protocol.Reading reading;
    private final Consumer<String> tokens;
    private final String prefix;
    private final ObjectMapper json;
    private final Events events = new Events(this::event);
    private int received;
    private boolean over;
    private volatile boolean whole;

    Answer(
            UniEmitter<? super Whole> emitter,
            Protocol.Reading reading,
            Consumer<String> tokens,
            String prefix,
            ObjectMapper json) {
        this.emitter = emitter;
        this.reading = reading;
        this.tokens = tokens;
        this.prefix = prefix;
        this.json = json;
    }

    void take(byte[] bytes) {
        if (over) {
            return;
        }
        received += bytes.length;
        if (received > MOST_BYTES) {
            fail(new CannotAnswer(
                    ModelFailure.TOO_LARGE, "answered with more than " + MOST_BYTES / 1024 + " KiB; ask for less"));
            return;
        }
        try {
            events.take(bytes);
        } catch (CannotAnswer failure) {
            fail(failure);
        }
    }

    void end() {
        if (over) {
            return;
        }
        try {
            var answer = reading.whole();
            over = true;
            whole = true;
            emitter.complete(answer);
        } catch (CannotAnswer failure) {
            fail(failure);
        }
    }

    boolean isWhole() {
        return whole;
    }

    void fail(CannotAnswer failure) {
        if (!over) {
            over = true;
            emitter.fail(failure);
        }
    }

    private void event(String data) {
        if (over || data.equals("[DONE]")) {
            end();
            return;
        }
        try {
            reading.take(json.readTree(data), tokens);
        } catch (JsonProcessingException _) {
            throw Complaint.garbled(prefix);
        }
        if (reading.ended()) {
            end();
        }
    }
}
