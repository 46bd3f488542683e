package io.infraai.logs;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Changes levels of this process, and puts back what was there before. Thread-safe. */
public final class Levels {

    /** What was before, by category; empty where a category had no level of its own. */
    private final Map<String, Optional<Level>> before = new HashMap<>();

    /** Held on to: nobody else may keep them, and their levels would go with them. */
    private final Map<String, Logger> held = new HashMap<>();

    /**
     * Has these categories at these levels, and all others as they are configured.
     *
     * @return what changed by it
     */
    public synchronized Set<String> set(Map<String, LevelName> wanted) {
        Set<String> moved = new HashSet<>(before.keySet());
        moved.removeAll(wanted.keySet());
        moved.forEach(category -> {
            var logger = Objects.requireNonNull(held.remove(category));
            var level = Objects.requireNonNull(before.remove(category));
            logger.setLevel(level.orElse(null));
        });
        wanted.forEach((category, level) -> {
            if (set(category, level.level())) {
                moved.add(category);
            }
        });
        return moved;
    }

    private boolean set(String category, Level level) {
        var logger = held.computeIfAbsent(category, Logger::getLogger);
        before.computeIfAbsent(category, _ -> Optional.ofNullable(logger.getLevel()));
        var moves = !level.equals(logger.getLevel());
        logger.setLevel(level);
        return moves;
    }
}
