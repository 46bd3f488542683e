package io.infraai.standalone.architecture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the native compiler is given of one service: the application as Quarkus has completed it, its libraries, and in them what
 * they ask the compiler for.
 */
record NativeSources(List<Path> jars) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern RESOURCES =
            Pattern.compile("META-INF/native-image/.*(reachability-metadata|resource-config)\\.json");
    private static final Pattern STARS = Pattern.compile("\\*\\*|\\*|[^*]+");

    static NativeSources of(String module) {
        var directory = Path.of("..", module, "target", "native-sources");
        assertThat(directory.resolve("native-image.args"))
                .as("what mvn verify leaves for the native compiler before this test")
                .exists();
        try (var files = Files.walk(directory)) {
            return new NativeSources(files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Files by their names, of the jars and with the names that match; of several with one name, one. */
    Map<String, byte[]> files(Pattern jars, Predicate<String> names) {
        Map<String, byte[]> found = new TreeMap<>();
        for (var jar : this.jars) {
            if (!jars.matcher(jar.getFileName().toString()).matches()) {
                continue;
            }
            try (var archive = new JarFile(jar.toFile())) {
                for (var entry : archive.stream()
                        .filter(entry -> !entry.isDirectory() && names.test(entry.getName()))
                        .toList()) {
                    found.put(entry.getName(), archive.getInputStream(entry).readAllBytes());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found;
    }

    /** The text of all such files, classes included, whose constants can be read in it. */
    String text(Pattern jars, Predicate<String> names) {
        var text = new ByteArrayOutputStream();
        files(jars, names).values().forEach(text::writeBytes);
        return text.toString(ISO_8859_1);
    }

    /** Whether a file of that name is found in the executable. */
    Predicate<String> kept() {
        var patterns = jars.stream()
                .flatMap(jar -> new NativeSources(List.of(jar))
                        .files(Pattern.compile(".*"), RESOURCES.asMatchPredicate()).values().stream())
                .map(NativeSources::json)
                .flatMap(NativeSources::patterns)
                .toList();
        return name ->
                patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }

    private static JsonNode json(byte[] file) {
        try {
            return JSON.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of the older form, which Quarkus writes, and of the newer one, which ours have. */
    private static Stream<Pattern> patterns(JsonNode metadata) {
        var resources = metadata.path("resources");
        return Stream.concat(
                        StreamSupport.stream(resources.path("includes").spliterator(), false),
                        resources.isArray() ? StreamSupport.stream(resources.spliterator(), false) : Stream.empty())
                .filter(each -> each.has("pattern") || each.has("glob"))
                .map(each -> each.has("pattern")
                        ? Pattern.compile(each.path("pattern").asText())
                        : glob(each.path("glob").asText()));
    }

    /** One star stays in its folder, two don't. */
    private static Pattern glob(String glob) {
        return Pattern.compile(STARS.matcher(glob)
                .replaceAll(part -> Matcher.quoteReplacement(
                        switch (part.group()) {
                            case "**" -> ".*";
                            case "*" -> "[^/]*";
                            default -> Pattern.quote(part.group());
                        })));
    }
}
