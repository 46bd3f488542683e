package io.infraai.standalone.lab;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.infraai.embedded.Credentials;
import io.infraai.embedded.EmbeddedServers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** PostgreSQL as its packages install it, with what makes and restores backups. */
final class PostgresPrograms {

    private static final List<String> NEEDED = List.of("initdb", "pg_ctl", "postgres", "pg_dump", "pg_restore", "psql");

    private final Path bin;

    private PostgresPrograms(Path bin) {
        this.bin = bin;
    }

    /** Skips the test, and says how to get them, when they aren't all in one place. */
    static PostgresPrograms assumeInstalled() {
        var found = find();
        assumeTrue(found.isPresent(), "There is no whole PostgreSQL here; ./infraai lab tells how to get it");
        return new PostgresPrograms(found.orElseThrow());
    }

    /** In the PATH, or where Debian's packages put the newest one. */
    private static Optional<Path> find() {
        var path = Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(Path::of);
        return Stream.concat(path, packaged()).filter(PostgresPrograms::isWhole).findFirst();
    }

    private static Stream<Path> packaged() {
        var versions = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(versions)) {
            return Stream.empty();
        }
        try (var all = Files.list(versions)) {
            return all.sorted(Comparator.reverseOrder()).map(version -> version.resolve("bin")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isWhole(Path directory) {
        return NEEDED.stream().allMatch(program -> Files.isExecutable(directory.resolve(program)));
    }

    Path bin() {
        return bin;
    }

    /** Runs one of them as the superuser; what it said is in the failure when it fails. */
    String run(EmbeddedServers servers, String program, String... arguments) {
        var command = new ArrayList<>(List.of(
                bin.resolve(program).toString(),
                "--host=127.0.0.1",
                "--port=" + servers.postgresPort(),
                "--username=" + Credentials.SUPERUSER));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", servers.credentials().superuser());
        try {
            var process = builder.start();
            var said = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IllegalStateException(command + ": " + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
