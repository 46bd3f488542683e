package io.infraai.standalone.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** What an installed program said, and whether it was content. */
record Program(int exit, String output) {

    private static final long LONGEST_SECONDS = 120;

    static Program run(String... command) {
        return fed("", command);
    }

    /** @param input what it reads from its standard input */
    static Program fed(String input, String... command) {
        try {
            var given = Files.createTempFile("infraai-", ".in");
            var said = Files.createTempFile("infraai-", ".out");
            try {
                Files.writeString(given, input);
                return finished(given, said, List.of(command));
            } finally {
                Files.delete(given);
                Files.delete(said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Program finished(Path given, Path said, List<String> command) throws IOException {
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(given.toFile())
                .redirectOutput(said.toFile())
                .start();
        try {
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(command.getFirst() + " took longer than " + LONGEST_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return new Program(process.exitValue(), Files.readString(said, StandardCharsets.UTF_8));
    }

    /** What it said, if it was content. */
    String good() {
        assertThat(exit).as(output).isZero();
        return output;
    }
}
