package io.infraai.messaging.redis;

import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/** The application's side of an incoming channel. */
final class Consumer implements Flow.Subscriber<Message<?>> {

    private final Queue<Message<?>> messages = new ConcurrentLinkedQueue<>();
    private final long demand;
    private volatile java.util.function.Consumer<Message<?>> handler = message -> {};
    private final AtomicReference<Flow.Subscription> subscription = new AtomicReference<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    private Consumer(long demand) {
        this.demand = demand;
    }

    /** Keeps every message unsettled. */
    static Consumer of(InboundStream channel) {
        return of(channel, Long.MAX_VALUE);
    }

    static Consumer of(InboundStream channel, long demand) {
        var consumer = new Consumer(demand);
        channel.subscribe(consumer);
        return consumer;
    }

    static Consumer acknowledging(InboundStream channel) {
        return handling(channel, Message::ack);
    }

    static Consumer refusing(InboundStream channel) {
        return handling(channel, message -> message.nack(new IllegalStateException("no such order")));
    }

    static Consumer handling(InboundStream channel, java.util.function.Consumer<Message<?>> handler) {
        var consumer = new Consumer(Long.MAX_VALUE);
        consumer.handler = handler;
        channel.subscribe(consumer);
        return consumer;
    }

    void request(long more) {
        Objects.requireNonNull(subscription.get()).request(more);
    }

    Message<?> message(int index) {
        return messages.stream().skip(index).findFirst().orElseThrow();
    }

    IncomingStreamMetadata metadata(int index) {
        return message(index).getMetadata(IncomingStreamMetadata.class).orElseThrow();
    }

    List<String> payloads() {
        return messages.stream().map(Message::getPayload).map(String::valueOf).toList();
    }

    int count() {
        return messages.size();
    }

    @Nullable
    Throwable failure() {
        return failure.get();
    }

    @Override
    public void onSubscribe(Flow.Subscription to) {
        subscription.set(to);
        if (demand > 0) {
            to.request(demand);
        }
    }

    @Override
    public void onNext(Message<?> message) {
        messages.add(message);
        handler.accept(message);
    }

    @Override
    public void onError(Throwable reason) {
        failure.set(reason);
    }

    @Override
    public void onComplete() {}
}
