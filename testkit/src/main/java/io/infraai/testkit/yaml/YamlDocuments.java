package io.infraai.testkit.yaml;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/** The documents of a YAML stream. */
public final class YamlDocuments {

    private static final YAMLMapper YAML = new YAMLMapper();

    private YamlDocuments() {}

    /** Without those that are empty. */
    public static List<JsonNode> read(String yaml) {
        try (var parser = YAML.createParser(yaml);
                var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(parser)) {
            return documents.readAll().stream()
                    .filter(document -> document.isContainerNode())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
