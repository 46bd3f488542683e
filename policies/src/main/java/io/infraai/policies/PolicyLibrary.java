package io.infraai.policies;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;

/** The templates that come along, each a file of {@code policy-templates}, which {@code index.json} there lists in order. */
public final class PolicyLibrary {

    private static final String FOLDER = "/policy-templates/";

    private final List<PolicyTemplate> templates;

    private PolicyLibrary(List<PolicyTemplate> templates) {
        this.templates = templates;
    }

    public static PolicyLibrary load() {
        var json = new ObjectMapper();
        return new PolicyLibrary(Stream.of(read(json, "index", String[].class))
                .map(name -> read(json, name, PolicyTemplate.class))
                .toList());
    }

    public List<PolicyTemplate> all() {
        return templates;
    }

    public Optional<PolicyTemplate> find(String name) {
        return templates.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    private static <T> T read(ObjectMapper json, String name, Class<T> type) {
        try (var file = PolicyLibrary.class.getResourceAsStream(FOLDER + name + ".json")) {
            if (file == null) {
                throw new FileNotFoundException(name);
            }
            return json.readValue(file, type);
        } catch (IOException e) {
            throw new UncheckedIOException("The policy library's " + name + " can't be read", e);
        }
    }
}
