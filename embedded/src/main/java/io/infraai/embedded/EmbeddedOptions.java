package io.infraai.embedded;

import java.nio.file.Path;

/**
 * How the embedded servers are started.
 *
 * @param directory where data, logs and generated passwords are
 * @param postgresPort 0 for a free one
 * @param redisPort 0 for a free one
 * @param throwaway skips waiting for the disk and deletes the directory at the end: for tests only
 */
public record EmbeddedOptions(Path directory, int postgresPort, int redisPort, boolean throwaway) {

    public EmbeddedOptions {
        directory = directory.toAbsolutePath().normalize();
    }

    public static EmbeddedOptions durable(Path directory) {
        return new EmbeddedOptions(directory, 0, 0, false);
    }

    public static EmbeddedOptions throwaway(Path directory) {
        return new EmbeddedOptions(directory, 0, 0, true);
    }
}
