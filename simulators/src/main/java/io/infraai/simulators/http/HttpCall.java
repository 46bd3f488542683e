package io.infraai.simulators.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request as the server saw it.
 *
 * @param path without its query, its escapes decoded
 * @param parameters of the query and, if it is one, of the form
 * @param headers their names in lower case
 */
public record HttpCall(
        String method, String path, Map<String, List<String>> parameters, Map<String, String> headers, String body) {

    public HttpCall {
        parameters = Map.copyOf(parameters);
        headers = Map.copyOf(headers);
    }

    /** The first of that name. */
    public Optional<String> parameter(String name) {
        return all(name).stream().findFirst();
    }

    /** All of that name, in their order. */
    public List<String> all(String name) {
        return parameters.getOrDefault(name, List.of());
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** For messages: the parameters in the order of their names. */
    @Override
    public String toString() {
        return method + " " + path + " " + new TreeMap<>(parameters);
    }
}
