package io.infraai.simulators.http;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/** What is answered to a call. */
public record HttpAnswer(int status, Map<String, String> headers, String body) {

    public HttpAnswer {
        headers = Map.copyOf(headers);
    }

    public static HttpAnswer json(int status, JsonNode body) {
        return new HttpAnswer(status, Map.of("Content-Type", "application/json"), body.toString());
    }

    public static HttpAnswer text(int status, String body) {
        return new HttpAnswer(status, Map.of("Content-Type", "text/plain; charset=utf-8"), body);
    }

    public static HttpAnswer empty(int status) {
        return new HttpAnswer(status, Map.of(), "");
    }
}
