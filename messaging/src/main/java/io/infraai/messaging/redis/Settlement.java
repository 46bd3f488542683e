package io.infraai.messaging.redis;

import java.util.List;
import java.util.function.Consumer;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import org.jboss.logging.Logger;

import io.infraai.messaging.redis.ack.BatchedAcks;
import io.infraai.messaging.redis.fault.FailedDelivery;
import io.infraai.messaging.redis.fault.FailureStrategy;

/** What happens to an entry once the application is done with it. Its state is confined to the context of the channel. */
final class Settlement {

    private static final Logger LOG = Logger.getLogger(Settlement.class);

    /** The channel, as far as settling concerns it. */
    interface Channel {

        InboundSettings settings();

        ContextInternal context();

        PinnedConnection commands();

        InFlight inFlight();

        ChannelHealth health();

        StreamMetrics metrics();

        /** Something was settled: there may be room to go on. */
        void proceed();

        /** The failure strategy wants no more. */
        void fail(Throwable reason);

        /** No attempt is worth another any more. */
        boolean isEnded();
    }

    private final Channel channel;
    private final FailureStrategy strategy;
    private final DeadLetters deadLetters;
    private final Backoff backoff;
    private final BatchedAcks acks;
    private final Consumer<String> confirm;

    Settlement(Channel channel, FailureStrategy strategy, DeadLetters deadLetters, Backoff backoff) {
        this.channel = channel;
        this.strategy = strategy;
        this.deadLetters = deadLetters;
        this.backoff = backoff;
        this.acks = new BatchedAcks(this::send);
        this.confirm = channel.settings().group().isPresent() ? acks::add : this::forget;
    }

    /** Whether Redis knows all that was settled. */
    boolean isIdle() {
        return acks.isIdle();
    }

    void acknowledge(Delivery delivery) {
        channel.context().emit(delivery, each -> {
            if (each.settle()) {
                channel.metrics().acknowledged();
                channel.inFlight().handled();
                confirm.accept(each.id());
            }
        });
    }

    /** Completes when the failure strategy has been carried out; never fails. */
    Future<Void> refuse(Delivery delivery, Throwable reason) {
        Promise<Void> carriedOut = Promise.promise();
        channel.context().emit(delivery, each -> {
            if (!each.settle()) {
                carriedOut.complete();
                return;
            }
            channel.metrics().refused();
            // a strategy that throws fails the future, too
            Future.succeededFuture().compose(judge -> carryOut(each, reason)).onComplete(done -> {
                if (done.failed()) {
                    LOG.errorf(
                            done.cause(), "Left pending: stream=%s entry=%s", channel.settings().stream(), each.id());
                    channel.inFlight().forget(each.id());
                }
                channel.inFlight().handled();
                carriedOut.complete();
                channel.proceed();
            });
        });
        return carriedOut.future();
    }

    private Future<?> carryOut(Delivery delivery, Throwable reason) {
        var settings = channel.settings();
        var verdict = strategy.judge(new FailedDelivery(
                settings.channel(),
                settings.stream(),
                delivery.id(),
                delivery.count(),
                settings.maxDeliveries(),
                reason));
        LOG.warnf(
                "Message refused: channel=%s stream=%s entry=%s deliveries=%d verdict=%s reason=%s",
                settings.channel(), settings.stream(), delivery.id(), delivery.count(), verdict, reason);
        return switch (verdict) {
            case ACKNOWLEDGE -> {
                confirm.accept(delivery.id());
                yield Future.succeededFuture();
            }
            case LEAVE_PENDING -> {
                forget(delivery.id());
                yield Future.succeededFuture();
            }
            case DEAD_LETTER -> bury(delivery, reason);
            case STOP -> {
                forget(delivery.id());
                channel.fail(reason);
                yield Future.succeededFuture();
            }
        };
    }

    /** Should Redis be away, the entry stays pending, and comes back to the same verdict. */
    private Future<?> bury(Delivery delivery, Throwable reason) {
        return deadLetters
                .bury(delivery, String.valueOf(reason))
                .onSuccess(buried -> channel.metrics().deadLettered())
                .onFailure(failure -> channel.health().fails("write the dead letters of", failure))
                .onComplete(done -> forget(delivery.id()))
                .otherwiseEmpty();
    }

    /** Tries until Redis has confirmed: the handlers' work is done and should not be done again. */
    private Future<?> send(List<String> ids) {
        Promise<Void> confirmed = channel.context().promise();
        send(ids, confirmed);
        return confirmed.future().onSuccess(done -> ids.forEach(channel.inFlight()::forget));
    }

    private void send(List<String> ids, Promise<Void> confirmed) {
        var settings = channel.settings();
        var ack = Request.cmd(Command.XACK)
                .arg(settings.stream())
                .arg(settings.group().orElseThrow());
        ids.forEach(ack::arg);
        channel.commands().send(ack).onComplete(sent -> {
            if (sent.succeeded()) {
                backoff.reset();
                channel.health().works();
                confirmed.complete();
                channel.proceed();
            } else if (!channel.isEnded()) {
                channel.health().fails("acknowledge entries of", sent.cause());
                channel.context().setTimer(backoff.next(), tick -> send(ids, confirmed));
            }
        });
    }

    private void forget(String id) {
        channel.inFlight().forget(id);
        channel.proceed();
    }
}
