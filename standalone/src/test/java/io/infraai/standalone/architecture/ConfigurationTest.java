package io.infraai.standalone.architecture;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import io.infraai.contracts.stream.Streams;

import static org.assertj.core.api.Assertions.assertThat;

/** The modules' defaults, which one process reads together: what two of them say, one of them doesn't get. */
class ConfigurationTest {

    private static final String DEFAULTS = "src/main/resources/META-INF/microprofile-config.properties";

    /** One for each file, by its very purpose. */
    private static final String ORDINAL = "config_ordinal";

    private static final Pattern CHANNEL = Pattern.compile("mp\\.messaging\\.(incoming|outgoing)\\.([^.]+)\\.(.+)");

    private static final Map<String, Properties> MODULES = read();

    @Test
    void theServicesHaveDefaults() {
        assertThat(MODULES).containsKeys("api-gateway", "engine", "healing", "worker");
    }

    @Test
    void noKeyIsSetByTwoModules() {
        assertThat(twice(keys(MODULES))).isEmpty();
    }

    @Test
    void aKeyOfTwoModulesIsFound() {
        var modules = Map.of(
                "one", properties("a=1", "b=1", "config_ordinal=1"), "two", properties("b=2", "config_ordinal=2"));

        assertThat(twice(keys(modules))).containsExactly("b: one, two");
    }

    @Test
    void everyChannelIsOfOneModuleAndOneDirection() {
        assertThat(twice(channels(MODULES))).isEmpty();
    }

    @Test
    void aChannelOfTwoModulesIsFound() {
        var modules = Map.of(
                "one", properties("mp.messaging.incoming.in.stream=s", "mp.messaging.incoming.in.group=g"),
                "two", properties("mp.messaging.incoming.in.connector=c", "mp.messaging.outgoing.out.stream=s"));

        assertThat(twice(channels(modules))).containsExactly("in: incoming of one, incoming of two");
    }

    @Test
    void aChannelOfBothDirectionsIsFound() {
        var modules = Map.of("one", properties("mp.messaging.incoming.x.stream=s", "mp.messaging.outgoing.x.stream=s"));

        assertThat(twice(channels(modules))).containsExactly("x: incoming of one, outgoing of one");
    }

    @Test
    void everyStreamIsNamedInTheContracts() {
        assertThat(streams(MODULES)).isNotEmpty();
        assertThat(streams(MODULES)).filteredOn(stream -> !isNamed(stream)).isEmpty();
    }

    @Test
    void aStreamThatIsNotNamedThereIsFound() {
        var modules = Map.of(
                "one",
                properties(
                        "mp.messaging.incoming.a.stream=infraai:{tasks}",
                        "mp.messaging.incoming.b.stream=infraai:{replies}:x",
                        "mp.messaging.incoming.c.stream=infraai:{tasksx}",
                        "mp.messaging.incoming.d.stream=infraai:{tasks}x"));

        assertThat(streams(modules))
                .filteredOn(stream -> !isNamed(stream))
                .containsExactlyInAnyOrder("infraai:{tasksx}", "infraai:{tasks}x");
    }

    @Test
    void onlyStandaloneHasApplicationProperties() {
        assertThat(SourceTree.inEveryModule("src/main/resources/application.properties"))
                .map(SourceTree::moduleOf)
                .isSubsetOf("standalone");
    }

    /** What sets each key. */
    private static Map<String, Set<String>> keys(Map<String, Properties> modules) {
        var setBy = new TreeMap<String, Set<String>>();
        modules.forEach((module, properties) -> properties.stringPropertyNames().stream()
                .filter(key -> !key.equals(ORDINAL))
                .forEach(key -> setBy.computeIfAbsent(key, _ -> new TreeSet<>()).add(module)));
        return setBy;
    }

    /** What configures each channel. */
    private static Map<String, Set<String>> channels(Map<String, Properties> modules) {
        var configuredBy = new TreeMap<String, Set<String>>();
        modules.forEach((module, properties) -> properties.stringPropertyNames().stream()
                .map(CHANNEL::matcher)
                .filter(Matcher::matches)
                .forEach(channel -> configuredBy
                        .computeIfAbsent(channel.group(2), _ -> new TreeSet<>())
                        .add(channel.group(1) + " of " + module)));
        return configuredBy;
    }

    private static List<String> twice(Map<String, Set<String>> owners) {
        return owners.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry -> entry.getKey() + ": " + String.join(", ", entry.getValue()))
                .toList();
    }

    private static List<String> streams(Map<String, Properties> modules) {
        var streams = new ArrayList<String>();
        for (var properties : modules.values()) {
            properties.stringPropertyNames().stream()
                    .filter(key -> CHANNEL.matcher(key).matches() && key.endsWith(".stream"))
                    .map(properties::getProperty)
                    .forEach(streams::add);
        }
        return streams;
    }

    /** Itself, or with the name of an instance behind it. */
    private static boolean isNamed(String stream) {
        return Arrays.stream(Streams.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .map(ConfigurationTest::valueOf)
                .anyMatch(name -> stream.equals(name) || stream.startsWith(name + ":"));
    }

    private static Object valueOf(Field constant) {
        try {
            return constant.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Properties> read() {
        return SourceTree.inEveryModule(DEFAULTS).stream().collect(Collectors.toMap(SourceTree::moduleOf, file -> {
            try {
                return properties(Files.readString(file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
    }

    private static Properties properties(String... lines) {
        var properties = new Properties();
        try {
            properties.load(new StringReader(String.join("\n", lines)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
