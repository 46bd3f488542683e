package io.infraai.benchmarks.start;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import io.infraai.embedded.EmbeddedServers;
import io.infraai.simulators.kubernetes.SimulatedCluster;

/** What four services need: PostgreSQL, Redis, a cluster. One that stands alone brings its own and gets an empty directory. */
final class Surroundings implements AutoCloseable {

    private final Path directory;
    private final Path logs;
    private final EmbeddedServers servers;
    private final SimulatedCluster cluster;

    /** @param logs outlives the run, for whoever asks why it failed */
    Surroundings(Path logs) {
        try {
            this.directory = Files.createTempDirectory("infraai-start-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.logs = logs.toAbsolutePath();
        this.servers = EmbeddedServers.temporary();
        this.cluster = SimulatedCluster.start();
        write();
    }

    private void write() {
        Map<String, String> properties = new LinkedHashMap<>(servers.asProperties());
        properties.put("infraai.kubernetes.url", cluster.url());
        properties.put("infraai.admin-key-all-roles", "true");
        properties.put("infraai.admin-key-file", directory.resolve("admin.key").toString());
        properties.put(
                "infraai.api-key-pepper-file", directory.resolve("pepper").toString());
        try {
            Files.writeString(
                    configuration(),
                    properties.entrySet().stream()
                            .map(property -> property.getKey() + "=" + property.getValue())
                            .collect(Collectors.joining("\n", "", "\n")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path configuration() {
        return directory.resolve("application.properties");
    }

    /** In a file, as where services are deployed. */
    void configure(Program program, Map<String, String> environment) {
        if (!program.standalone()) {
            environment.put("QUARKUS_CONFIG_LOCATIONS", configuration().toString());
        }
    }

    /** The data directory of one that stands alone. */
    Path home() {
        return directory.resolve("home");
    }

    Path log(String name) {
        return logs.resolve(name + ".log");
    }

    String key(boolean standalone) {
        try {
            return Files.readString((standalone ? home() : directory).resolve("admin.key"))
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException("It is ready and wrote no key", e);
        }
    }

    @Override
    public void close() {
        cluster.close();
        servers.close();
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
