package io.infraai.benchmarks.start;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.infraai.benchmarks.loop.ServerProcess;

/**
 * A packaged program, and the Java that it is run with.
 *
 * @param directory where its {@code quarkus-run.jar} lies and it is run: an AOT cache is good only for the paths it was made with
 * @param java the command up to {@code -jar}
 */
record Program(String name, Path directory, List<String> java) {

    /** The one that brings its servers along, and has one port for everything. */
    static final String STANDALONE = "standalone";

    static final List<String> SERVICES = List.of("gateway", "healing", "engine", "worker");

    /** What an image holds of it, run as the image runs it, but for the cache. */
    static Program ofImage(Path images, String name) {
        var root = images.toAbsolutePath().resolve(name).resolve("opt");
        return new Program(
                name,
                root.resolve("infraai"),
                List.of(root.resolve("java/bin/java").toString(), "@jvm.options"));
    }

    Program with(String... flags) {
        List<String> more = new ArrayList<>(java);
        more.addAll(List.of(flags));
        return new Program(name, directory, more);
    }

    boolean standalone() {
        return name.equals(STANDALONE);
    }

    /** Returns at once; the clock runs. */
    Running start(Surroundings around) {
        var port = ServerProcess.freePort();
        var management = standalone() ? port : ServerProcess.freePort();
        List<String> command = new ArrayList<>(java);
        if (standalone()) {
            command.addAll(List.of("-Dinfraai.home=" + around.home(), "-jar", "quarkus-run.jar"));
            command.addAll(List.of("--port", Integer.toString(port)));
        } else {
            command.addAll(List.of("-Dquarkus.http.host=127.0.0.1", "-Dquarkus.http.port=" + port));
            command.addAll(List.of("-Dquarkus.management.host=127.0.0.1", "-Dquarkus.management.port=" + management));
            command.addAll(List.of("-jar", "quarkus-run.jar"));
        }
        var log = around.log(name);
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        around.configure(this, builder.environment());
        try {
            Files.createDirectories(log.getParent());
            var began = System.nanoTime();
            return new Running(name, builder.start(), port, management, began, log);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " doesn't start", e);
        }
    }
}
