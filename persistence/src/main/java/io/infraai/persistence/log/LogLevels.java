package io.infraai.persistence.log;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.smallrye.mutiny.Uni;

import io.infraai.logs.LevelName;

/** Levels other than the configured ones, for a time, in all processes of the installation. */
public interface LogLevels {

    /** At most so many categories at once. */
    int MOST = 20;

    /** Those that hold now. */
    Uni<List<LogLevel>> all();

    /** Empty when there are {@value #MOST} others already. */
    Uni<Optional<LogLevel>> set(String category, LevelName level, Duration time, String by);

    /** Whether there was one. */
    Uni<Boolean> reset(String category);

    /**
     * @param until after which the category is as it is configured
     * @param by the name of who set it
     */
    record LogLevel(String category, LevelName level, Instant until, String by) {}
}
