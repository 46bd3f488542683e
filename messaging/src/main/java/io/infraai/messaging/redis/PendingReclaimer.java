package io.infraai.messaging.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import org.jspecify.annotations.Nullable;

/**
 * Looks after the pending entries of a group: keeps those of this consumer from being taken for abandoned, and takes over the
 * abandoned ones of every consumer, itself under an earlier life included.
 *
 * <p>It asks with {@code XPENDING … IDLE} and takes with one {@code XCLAIM} for each entry rather than with {@code XAUTOCLAIM}:
 * the number of deliveries comes along, and an entry that was trimmed is known by its id, which Redis 6.2 doesn't tell otherwise.
 */
final class PendingReclaimer {

    private final InboundSettings settings;
    private final String group;
    private final PinnedConnection commands;
    private final DeadLetters deadLetters;
    private final StreamMetrics metrics;

    PendingReclaimer(
            InboundSettings settings,
            String group,
            PinnedConnection commands,
            DeadLetters deadLetters,
            StreamMetrics metrics) {
        this.settings = settings;
        this.group = group;
        this.commands = commands;
        this.deadLetters = deadLetters;
        this.metrics = metrics;
    }

    /**
     * Takes over entries nobody has touched for {@code claim-idle}. Those which have had all their deliveries go to the dead
     * letters instead.
     *
     * @param held tells the ids this channel already has in its hands
     */
    Future<List<Delivery>> reclaim(int atMost, Predicate<String> held) {
        var ask = Request.cmd(Command.XPENDING)
                .arg(settings.stream())
                .arg(group)
                .arg("IDLE")
                .arg(settings.claimIdle().toMillis())
                .arg("-")
                .arg("+")
                .arg(atMost);
        return commands.send(ask).compose(reply -> {
            var abandoned = new ArrayList<Pending>();
            for (var each : reply) {
                var pending = new Pending(each.get(0).toString(), each.get(3).toLong());
                if (!held.test(pending.id())) {
                    abandoned.add(pending);
                }
            }
            return abandoned.isEmpty() ? Future.succeededFuture(List.<Delivery>of()) : claim(abandoned);
        });
    }

    private Future<List<Delivery>> claim(List<Pending> abandoned) {
        var minIdle = settings.claimIdle().toMillis();
        var claims =
                abandoned.stream().map(each -> claimOf(minIdle).arg(each.id())).toList();
        return commands.batch(claims).compose(replies -> {
            var claimed = new ArrayList<Delivery>();
            Future<Void> buried = Future.succeededFuture();
            for (var i = 0; i < replies.size(); i++) {
                var delivery = deliveryOf(abandoned.get(i), replies.get(i));
                if (delivery == null) {
                    continue;
                }
                if (delivery.count() > settings.maxDeliveries()) {
                    buried = buried.compose(previous -> buryUnsettled(delivery));
                } else {
                    claimed.add(delivery);
                }
            }
            claimed.forEach(each -> metrics.reclaimed());
            // what could not be buried is still pending, and will be found again
            return buried.transform(done -> Future.succeededFuture(claimed));
        });
    }

    /** None when another consumer was quicker, or when the entry is no longer in the stream. */
    private @Nullable Delivery deliveryOf(Pending pending, @Nullable Response claim) {
        if (claim == null || claim.size() == 0) {
            return null;
        }
        var entries = Entry.ofRange(claim);
        if (entries.isEmpty()) {
            commands.send(
                    Request.cmd(Command.XACK).arg(settings.stream()).arg(group).arg(pending.id()));
            return null;
        }
        return new Delivery(entries.getFirst(), pending.deliveries() + 1, System.nanoTime());
    }

    private Future<Void> buryUnsettled(Delivery claimed) {
        var unsettled = new Delivery(new Entry(claimed.id(), claimed.fields()), claimed.count() - 1, 0);
        return deadLetters
                .bury(unsettled, "Delivered " + unsettled.count() + " times without being settled")
                .onSuccess(done -> metrics.deadLettered());
    }

    /** Tells Redis that these are still being handled. It counts as no delivery. */
    Future<Response> keep(List<String> ids) {
        var claim = claimOf(0);
        ids.forEach(claim::arg);
        return commands.send(claim.arg("JUSTID"));
    }

    /** Puts back what was read and never handed over: any consumer may take it at once, and this delivery isn't counted. */
    Future<List<Response>> putBack(List<Delivery> unused) {
        return commands.batch(unused.stream()
                .map(each -> claimOf(0)
                        .arg(each.id())
                        .arg("IDLE")
                        .arg(settings.claimIdle().toMillis())
                        .arg("RETRYCOUNT")
                        .arg(each.count() - 1)
                        .arg("JUSTID"))
                .toList());
    }

    private Request claimOf(long minIdleMillis) {
        return Request.cmd(Command.XCLAIM)
                .arg(settings.stream())
                .arg(group)
                .arg(settings.consumer())
                .arg(minIdleMillis);
    }

    private record Pending(String id, long deliveries) {}
}
