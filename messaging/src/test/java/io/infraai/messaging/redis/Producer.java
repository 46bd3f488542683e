package io.infraai.messaging.redis;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;

import org.eclipse.microprofile.reactive.messaging.Message;

/** The application's side of an outgoing channel. */
final class Producer implements Flow.Subscription {

    private final OutboundStream channel;
    private final AtomicLong requested = new AtomicLong();

    Producer(OutboundStream channel) {
        this.channel = channel;
        channel.onSubscribe(this);
    }

    /** Completes or fails as the message is acknowledged or refused. */
    CompletableFuture<Void> send(Message<?> message) {
        var settled = new CompletableFuture<Void>();
        channel.onNext(message.withAck(() -> {
                    settled.complete(null);
                    return CompletableFuture.completedFuture(null);
                })
                .withNack(reason -> {
                    settled.completeExceptionally(reason);
                    return CompletableFuture.completedFuture(null);
                }));
        return settled;
    }

    long requested() {
        return requested.get();
    }

    @Override
    public void request(long more) {
        requested.addAndGet(more);
    }

    @Override
    public void cancel() {}
}
