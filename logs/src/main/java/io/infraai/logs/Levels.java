package io.infraai.logs;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** Changes levels of this process, and puts back what was there before. Thread-safe. */
public final class Levels {

    private record Changed(Logger logger, Optional<Level> before) {

        void restore() {
            logger.setLevel(before.orElse(null));
        }
    }

    private final Map<String, Changed> changed = new HashMap<>();

    /**
     * Has these categories at these levels, and all others as they are configured.
     *
     * @return what changed by it
     */
    public synchronized Set<String> set(Map<String, LevelName> wanted) {
        var moved = changed.keySet().stream()
                .filter(category -> !wanted.containsKey(category))
                .collect(Collectors.toSet());
        moved.forEach(category -> {
            var was = changed.remove(category);
            if (was != null) {
                was.restore();
            }
        });
        wanted.forEach((category, level) -> {
            if (set(category, level)) {
                moved.add(category);
            }
        });
        return moved;
    }

    private boolean set(String category, LevelName level) {
        // the reference keeps the logger, and so its level, from being collected
        var logger = changed.computeIfAbsent(category, name -> {
                    var found = Logger.getLogger(name);
                    return new Changed(found, Optional.ofNullable(found.getLevel()));
                })
                .logger();
        var moves = !level.level().equals(logger.getLevel());
        logger.setLevel(level.level());
        return moves;
    }
}
