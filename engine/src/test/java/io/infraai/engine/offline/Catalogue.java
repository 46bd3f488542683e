package io.infraai.engine.offline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.langchain4j.agent.tool.ToolSpecification;

import io.infraai.adapters.tool.ToolSource;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.ToolDescription;
import io.infraai.contracts.tool.ToolKind;
import io.infraai.contracts.tool.ToolSpec;

/** All tools that InfraAI has, as their classes describe them. */
public final class Catalogue {

    private static final Map<String, ToolDescription> TOOLS = read();

    private Catalogue() {}

    public static Map<String, ToolDescription> tools() {
        return TOOLS;
    }

    static List<ToolSpecification> specifications() {
        return TOOLS.values().stream()
                .map(tool -> ToolSpecification.builder()
                        .name(tool.name())
                        .description(tool.description())
                        .build())
                .toList();
    }

    static boolean changes(String tool) {
        return !TOOLS.containsKey(tool) || TOOLS.get(tool).risk() != Risk.READS;
    }

    private static Map<String, ToolDescription> read() {
        var tools = new TreeMap<String, ToolDescription>();
        for (var place : List.of(placeOf(ToolSource.class), placeOf(OfflineModel.class))) {
            classNames(place).forEach(name -> add(name, tools));
        }
        // its specification is made with its configuration
        var discovery =
                load("io.infraai.adapters.network.NetworkDiscovery$Parameters").asSubclass(Record.class);
        add(
                new ToolSpec<>(
                        "network_discovery",
                        "Scans a subnet for assets",
                        discovery,
                        Risk.READS,
                        "",
                        Duration.ofSeconds(60)),
                tools);
        return tools;
    }

    private static void add(String name, Map<String, ToolDescription> tools) {
        for (var field : load(name).getDeclaredFields()) {
            if (field.getType() == ToolSpec.class && Modifier.isStatic(field.getModifiers())) {
                try {
                    field.setAccessible(true);
                    add((ToolSpec<?>) field.get(null), tools);
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    private static void add(ToolSpec<?> spec, Map<String, ToolDescription> tools) {
        tools.put(
                spec.name(),
                new ToolDescription(
                        spec.name(),
                        spec.description(),
                        spec.risk() == Risk.READS ? ToolKind.READING : ToolKind.GUARDED,
                        spec.risk(),
                        spec.target(),
                        spec.timeout(),
                        spec.inputSchema()));
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, Catalogue.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static URI placeOf(Class<?> type) {
        try {
            return type.getProtectionDomain().getCodeSource().getLocation().toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> classNames(URI place) {
        try {
            if (Files.isDirectory(Path.of(place))) {
                return names(Path.of(place));
            }
            try (var jar = FileSystems.newFileSystem(Path.of(place))) {
                return names(jar.getPath("/"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> names(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(name ->
                            name.endsWith(".class") && name.startsWith("io/infraai/") && !name.contains("package-info"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .toList();
        }
    }
}
