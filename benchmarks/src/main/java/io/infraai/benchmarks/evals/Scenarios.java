package io.infraai.benchmarks.evals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Reads scenarios: a file, or all of a directory, in the order of their names. */
final class Scenarios {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Scenarios() {}

    /** @throws IllegalArgumentException when there are none, or a file holds something else */
    static List<Scenario> in(Path place) {
        var all = new ArrayList<Scenario>();
        files(place).forEach(file -> all.addAll(read(file)));
        if (all.isEmpty()) {
            throw new IllegalArgumentException("There are no scenarios in " + place);
        }
        var ids = new HashSet<String>();
        all.stream().map(Scenario::id).filter(id -> !ids.add(id)).findFirst().ifPresent(id -> {
            throw new IllegalArgumentException("Two scenarios are called " + id);
        });
        return all;
    }

    private static List<Path> files(Path place) {
        if (!Files.exists(place)) {
            throw new IllegalArgumentException("There is no " + place);
        }
        try (var paths = Files.walk(place)) {
            return paths.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One scenario, or an array of scenarios and of questions. */
    private static List<Scenario> read(Path file) {
        try {
            var json = JSON.readTree(Files.readString(file));
            return json.isArray() ? each(file, json) : List.of(Scenario.of(json));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Scenario> each(Path file, JsonNode list) {
        var name = String.valueOf(file.getFileName()).replaceFirst("\\.json$", "");
        var read = new ArrayList<Scenario>();
        for (var element : list) {
            read.add(
                    element.isTextual()
                            ? Scenario.question(name + "-" + (read.size() + 1), element.asText())
                            : Scenario.of(element));
        }
        return read;
    }
}
