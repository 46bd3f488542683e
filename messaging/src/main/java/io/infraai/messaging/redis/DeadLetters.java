package io.infraai.messaging.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;

/**
 * The stream {@code <stream>:dead}: entries that could not be handled, with all their fields and three more. It is never trimmed.
 * An entry is written there before it is acknowledged, so that it may be there twice but is never lost.
 */
final class DeadLetters {

    /** Why the entry could not be handled. */
    static final String REASON = "reason";
    /** How often it was delivered. */
    static final String DELIVERIES = "deliveries";
    /** The id it had in its own stream. */
    static final String ENTRY = "entry";

    private final InboundSettings settings;
    private final PinnedConnection commands;

    DeadLetters(InboundSettings settings, PinnedConnection commands) {
        this.settings = settings;
        this.commands = commands;
    }

    /** Fails, and leaves the entry pending, if Redis can't be reached. */
    Future<Void> bury(Delivery delivery, String reason) {
        var copy = Request.cmd(Command.XADD).arg(settings.deadLetters()).arg("*");
        delivery.fields().forEach((name, value) -> copy.arg(name).arg(value));
        copy.arg(REASON).arg(reason);
        copy.arg(DELIVERIES).arg(Long.toString(delivery.count()));
        copy.arg(ENTRY).arg(delivery.id());
        return commands.send(copy)
                .compose(written -> settings.group()
                        .map(group -> commands.send(Request.cmd(Command.XACK)
                                .arg(settings.stream())
                                .arg(group)
                                .arg(delivery.id())))
                        .orElseGet(() -> Future.succeededFuture()))
                .mapEmpty();
    }
}
