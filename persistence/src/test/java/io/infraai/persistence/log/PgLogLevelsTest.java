package io.infraai.persistence.log;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.infraai.logs.LevelName;
import io.infraai.persistence.log.LogLevels.LogLevel;
import io.infraai.persistence.tenancy.Database;

import static io.infraai.persistence.tenancy.Database.await;
import static org.assertj.core.api.Assertions.assertThat;

class PgLogLevelsTest {

    private static final Duration TIME = Duration.ofMinutes(5);

    private final Database database = Database.shared();
    private final LogLevels levels = new PgLogLevels(database.scope());

    @AfterEach
    void reset() {
        await(levels.all()).forEach(each -> await(levels.reset(each.category())));
    }

    @Test
    void aLevelHoldsUntilItsEndAndTheLatestOneCounts() {
        await(levels.set("io.infraai.worker", LevelName.DEBUG, TIME, "ann"));
        await(levels.set("io.infraai.worker", LevelName.TRACE, TIME, "bob"));

        assertThat(await(levels.all()))
                .singleElement()
                .satisfies(level -> assertThat(level.level()).isEqualTo(LevelName.TRACE))
                .extracting(LogLevel::by)
                .isEqualTo("bob");

        await(levels.set("io.infraai.worker", LevelName.TRACE, Duration.ZERO, "bob"));
        assertThat(await(levels.all())).isEmpty();
    }

    @Test
    void thereIsABoundToHowManyAreSet() {
        for (var i = 0; i < LogLevels.MOST; i++) {
            assertThat(await(levels.set("io.infraai.c" + i, LevelName.DEBUG, TIME, "ann")))
                    .isPresent();
        }

        assertThat(await(levels.set("io.infraai.more", LevelName.DEBUG, TIME, "ann")))
                .isEmpty();
        assertThat(await(levels.set("io.infraai.c0", LevelName.INFO, TIME, "ann")))
                .isPresent();
        assertThat(await(levels.reset("io.infraai.c1"))).isTrue();
        assertThat(await(levels.reset("io.infraai.c1"))).isFalse();
        assertThat(await(levels.set("io.infraai.more", LevelName.DEBUG, TIME, "ann")))
                .isPresent();
    }
}
