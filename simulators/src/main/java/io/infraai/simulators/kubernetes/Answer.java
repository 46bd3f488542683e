package io.infraai.simulators.kubernetes;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;

/** What a request is answered with. */
record Answer(int status, String contentType, Buffer body, Map<String, String> headers) {

    static Answer json(int status, JsonNode body) {
        return json(status, Json.bytes(body));
    }

    static Answer json(int status, byte[] body) {
        return new Answer(status, "application/json", Buffer.buffer(body), Map.of());
    }

    static Answer text(int status, String body) {
        return new Answer(status, "text/plain", Buffer.buffer(body.getBytes(StandardCharsets.UTF_8)), Map.of());
    }

    static Answer html(int status) {
        var page = "<html><head><title>Sign in</title></head><body><h1>Welcome</h1></body></html>";
        return new Answer(status, "text/html", Buffer.buffer(page), Map.of());
    }

    static Answer failure(ApiFailure failure) {
        return json(failure.code(), failure.status());
    }

    Answer with(String header, String value) {
        return new Answer(status, contentType, body, Map.of(header, value));
    }

    /** The same answer, its body cut in the middle. */
    Answer half() {
        return new Answer(status, contentType, body.slice(0, body.length() / 2), headers);
    }
}
