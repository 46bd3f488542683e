package io.infraai.persistence.log;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import org.jboss.logging.Logger;

import io.infraai.logs.Levels;
import io.infraai.persistence.log.LogLevels.LogLevel;

/** Has this process log as much as is set for all, within seconds of the setting and of its end. */
@ApplicationScoped
class LogLevelWatch {

    private static final Logger LOG = Logger.getLogger(LogLevelWatch.class);

    private static final Duration EVERY = Duration.ofSeconds(5);

    private final LogLevels stored;
    private final Vertx vertx;
    private final Levels levels = new Levels();
    private long timer;

    LogLevelWatch(LogLevels stored, Vertx vertx) {
        this.stored = stored;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        timer = vertx.setPeriodic(EVERY.toMillis(), _ -> look());
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
        levels.set(Map.of());
    }

    /** A database that is away changes nothing: what was set holds a little longer. */
    private void look() {
        var _ = stored.all()
                .subscribe()
                .with(this::apply, failure -> LOG.debugf("Log levels aren't known: %s", failure.getMessage()));
    }

    private void apply(List<LogLevel> wanted) {
        var moved = levels.set(wanted.stream().collect(Collectors.toMap(LogLevel::category, LogLevel::level)));
        moved.forEach(category -> wanted.stream()
                .filter(each -> each.category().equals(category))
                .findFirst()
                .ifPresentOrElse(
                        now -> LOG.infof(
                                "Log level set: category=%s level=%s until=%s by=%s",
                                category, now.level(), now.until(), now.by()),
                        () -> LOG.infof("Log level back to what is configured: category=%s", category)));
    }
}
