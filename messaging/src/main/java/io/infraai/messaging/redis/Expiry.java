package io.infraai.messaging.redis;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;

/**
 * Lets streams go away that nobody writes to any more, such as those a process named after itself and read until it died. Confined
 * to the context of its channel.
 */
final class Expiry {

    /** How often within the time to live it is set anew. */
    private static final int ROUNDS = 4;

    private final Optional<Duration> after;
    private final PinnedConnection commands;
    private final Map<String, Long> setAt = new HashMap<>();

    Expiry(Optional<Duration> after, PinnedConnection commands) {
        this.after = after;
        this.commands = commands;
    }

    /** Sets it if it is due; should that fail, with the next entry. */
    void writtenTo(String stream) {
        after.ifPresent(life -> {
            var now = System.nanoTime();
            var last = setAt.get(stream);
            if (last == null || now - last > life.toNanos() / ROUNDS) {
                setAt.values().removeIf(each -> now - each > life.toNanos());
                setAt.put(stream, now);
                expire(stream, life);
            }
        });
    }

    private void expire(String stream, Duration life) {
        var command = Request.cmd(Command.PEXPIRE).arg(stream).arg(life.toMillis());
        commands.send(command).onFailure(failure -> setAt.remove(stream));
    }
}
