package io.infraai.logs;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

import org.jspecify.annotations.Nullable;

/** Changes levels of this process, and puts back what was there before. Thread-safe. */
public final class Levels {

    /** What was before, by category. */
    private final Map<String, Configured> before = new HashMap<>();

    /**
     * @param logger held on to: nobody else may keep it, and its level would go with it
     */
    private record Configured(Logger logger, @Nullable Level level) {}

    /**
     * Has these categories at these levels, and all others as they are configured.
     *
     * @return what changed by it
     */
    public synchronized Set<String> set(Map<String, LevelName> wanted) {
        Set<String> moved = new HashSet<>(before.keySet());
        moved.removeAll(wanted.keySet());
        moved.forEach(category -> {
            var configured = Objects.requireNonNull(before.remove(category));
            configured.logger().setLevel(configured.level());
        });
        wanted.forEach((category, level) -> {
            if (set(category, level.level())) {
                moved.add(category);
            }
        });
        return moved;
    }

    private boolean set(String category, Level level) {
        var logger = before.computeIfAbsent(category, name -> {
                    var found = Logger.getLogger(name);
                    return new Configured(found, found.getLevel());
                })
                .logger();
        var moves = !level.equals(logger.getLevel());
        logger.setLevel(level);
        return moves;
    }
}
