package io.infraai.logs;

import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LevelsTest {

    private final Levels levels = new Levels();

    @Test
    void aLevelIsSetAndPutBack() {
        var logger = Logger.getLogger("io.infraai.test.one");
        logger.setLevel(Level.SEVERE);

        assertThat(levels.set(Map.of("io.infraai.test.one", LevelName.TRACE))).containsExactly("io.infraai.test.one");
        assertThat(Objects.requireNonNull(logger.getLevel()).intValue())
                .isEqualTo(LevelName.TRACE.level().intValue());
        assertThat(levels.set(Map.of("io.infraai.test.one", LevelName.TRACE))).isEmpty();
        levels.set(Map.of("io.infraai.test.one", LevelName.INFO));

        assertThat(levels.set(Map.of())).containsExactly("io.infraai.test.one");
        assertThat(logger.getLevel()).isEqualTo(Level.SEVERE);
    }

    @Test
    void aCategoryWithoutALevelOfItsOwnHasNoneAgain() {
        var logger = Logger.getLogger("io.infraai.test.two");

        levels.set(Map.of("io.infraai.test.two", LevelName.DEBUG));
        levels.set(Map.of());

        assertThat(logger.getLevel()).isNull();
    }

    @Test
    void levelsAreKnownInWhateverCase() {
        assertThat(LevelName.of("debug")).contains(LevelName.DEBUG);
        assertThat(LevelName.of("everything")).isEmpty();
    }
}
