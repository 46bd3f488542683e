package io.infraai.logs;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Changes levels of this process, and puts back what was there before. Thread-safe. */
public final class Levels {

    /** What was before, by the loggers themselves: nobody else may keep one, and its level goes with it. */
    private final Map<Logger, Optional<Level>> before = new HashMap<>();

    /**
     * Has these categories at these levels, and all others as they are configured.
     *
     * @return what changed by it
     */
    public synchronized Set<String> set(Map<String, LevelName> wanted) {
        Set<String> moved = new HashSet<>();
        for (var logger : List.copyOf(before.keySet())) {
            if (!wanted.containsKey(logger.getName())) {
                var configured = before.remove(logger);
                logger.setLevel(configured == null ? null : configured.orElse(null));
                moved.add(logger.getName());
            }
        }
        wanted.forEach((category, level) -> {
            if (set(Logger.getLogger(category), level.level())) {
                moved.add(category);
            }
        });
        return moved;
    }

    private boolean set(Logger logger, Level level) {
        before.putIfAbsent(logger, Optional.ofNullable(logger.getLevel()));
        var moves = !level.equals(logger.getLevel());
        logger.setLevel(level);
        return moves;
    }
}
