package io.infraai.benchmarks.match;

import java.nio.charset.StandardCharsets;

/** One alert as it comes in: bytes, which Event Ruler takes as text. */
final class JsonAlert {

    private final String text;
    private final byte[] bytes;

    JsonAlert(String text) {
        this.text = text;
        this.bytes = text.getBytes(StandardCharsets.UTF_8);
    }

    String text() {
        return text;
    }

    /** Not to be written to. */
    byte[] bytes() {
        return bytes;
    }
}
