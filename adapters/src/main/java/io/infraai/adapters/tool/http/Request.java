package io.infraai.adapters.tool.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What is asked of an endpoint.
 *
 * @param path below the endpoint's base address, its segments encoded
 * @param fields of the query, or of the form that is sent
 */
public record Request(Kind kind, String path, List<Field> fields, String body) {

    enum Kind {
        GET,
        FORM,
        POST,
        DELETE
    }

    record Field(String name, String value) {}

    public Request {
        fields = List.copyOf(fields);
    }

    public static Request get(String path) {
        return new Request(Kind.GET, path, List.of(), "");
    }

    /** A question too long for a URL: changes nothing. */
    public static Request form(String path) {
        return new Request(Kind.FORM, path, List.of(), "");
    }

    public static Request post(String path, JsonNode body) {
        return new Request(Kind.POST, path, List.of(), body.toString());
    }

    public static Request delete(String path) {
        return new Request(Kind.DELETE, path, List.of(), "");
    }

    public Request with(String name, String value) {
        var more = new ArrayList<>(fields);
        more.add(new Field(name, value));
        return new Request(kind, path, more, body);
    }

    /** A text as one segment of a path, whatever is in it. */
    public static String segment(String text) {
        return encoded(text).replace("+", "%20");
    }

    /** Whether the platform is another one after it. */
    boolean changes() {
        return switch (kind) {
            case GET, FORM -> false;
            case POST, DELETE -> true;
        };
    }

    String encodedFields() {
        return fields.stream()
                .map(field -> encoded(field.name()) + "=" + encoded(field.value()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
