package io.infraai.benchmarks.start;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs what images will hold, the four services together and then the one that stands alone, has them heal something, and
 * leaves beside each the AOT cache that Java made of it.
 */
public final class Rehearsal {

    static final String CACHE = "infraai.aot";

    private final Path logs;

    Rehearsal(Path logs) {
        this.logs = logs;
    }

    /** @param arguments the directory in which the content of each image lies */
    public static void main(String[] arguments) {
        if (arguments.length != 1) {
            System.err.println("Rehearsal wants the directory of the images");
            System.exit(2);
        }
        var images = Path.of(arguments[0]);
        var rehearsal = new Rehearsal(images.resolve("logs"));
        rehearsal.run(Program.SERVICES.stream()
                .map(service -> Program.ofImage(images, service))
                .toList());
        rehearsal.run(List.of(Program.ofImage(images, Program.STANDALONE)));
    }

    void run(List<Program> programs) {
        programs.forEach(program -> delete(program.directory().resolve(CACHE)));
        try (var around = new Surroundings(logs)) {
            var running = start(programs, around);
            try {
                Errand.run(
                        running.getFirst().url(), around.key(programs.getFirst().standalone()));
            } finally {
                running.forEach(Running::askToEnd);
                running.forEach(Running::close);
            }
        }
        for (var program : programs) {
            if (size(program.directory().resolve(CACHE)) == 0) {
                throw new IllegalStateException(program.name() + " left no AOT cache; see the logs in " + logs);
            }
        }
    }

    private static List<Running> start(List<Program> programs, Surroundings around) {
        List<Running> running = new ArrayList<>();
        try {
            for (var program : programs) {
                var started = program.with("-XX:AOTCacheOutput=" + CACHE).start(around);
                running.add(started);
                // one after the other: the first migrates
                started.awaitReady();
            }
            return running;
        } catch (IllegalStateException e) {
            running.forEach(Running::close);
            throw e;
        }
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path cache) {
        try {
            for (var file :
                    Stream.of(cache, cache.resolveSibling(CACHE + ".config")).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
