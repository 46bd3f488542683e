package io.infraai.engine.model;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Cuts bytes as they arrive into the data of server-sent events, wherever the network has cut them: inside a character, a
 * line, or an event. Names of events aren't kept; both protocols repeat them in the data. Not thread-safe.
 */
final class Events {

    private static final String DATA = "data:";

    private final Consumer<String> data;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder event = new StringBuilder();
    private boolean begun;

    Events(Consumer<String> data) {
        this.data = data;
    }

    void take(byte[] bytes) {
        var from = 0;
        for (var at = 0; at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                line.write(bytes, from, at - from);
                from = at + 1;
                endLine();
            }
        }
        line.write(bytes, from, bytes.length - from);
    }

    private void endLine() {
        var text = line.toString(StandardCharsets.UTF_8).stripTrailing();
        line.reset();
        if (text.isEmpty()) {
            endEvent();
        } else if (text.startsWith(DATA)) {
            if (begun) {
                event.append('\n');
            }
            begun = true;
            event.append(text.substring(DATA.length()).stripLeading());
        }
    }

    private void endEvent() {
        if (begun) {
            var whole = event.toString();
            event.setLength(0);
            begun = false;
            data.accept(whole);
        }
    }
}
