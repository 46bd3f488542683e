package io.infraai.messaging.redis;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;

import io.smallrye.reactive.messaging.providers.MetadataInjectableMessage;
import io.smallrye.reactive.messaging.providers.locals.ContextAwareMessage;
import org.eclipse.microprofile.reactive.messaging.Metadata;

/**
 * An entry of a stream on its way to the application. It has a Vert.x context of its own, on the event loop of its channel.
 *
 * <p>Acknowledging it is recorded at once and sent to Redis with the next batch, again and again until Redis confirms it; should
 * the process die before, the entry is delivered again. Refusing it ({@code nack}) completes when the failure strategy has been
 * carried out.
 */
public final class RedisStreamsMessage implements ContextAwareMessage<String>, MetadataInjectableMessage<String> {

    private static final CompletionStage<Void> RECORDED = CompletableFuture.completedStage(null);

    private final Delivery delivery;
    private final Settlement settlement;
    private Metadata metadata;

    RedisStreamsMessage(Delivery delivery, Metadata metadata, Settlement settlement) {
        this.delivery = delivery;
        this.metadata = metadata;
        this.settlement = settlement;
    }

    /** The field {@code data}; empty when the entry has none. */
    @Override
    public String getPayload() {
        return delivery.fields().getOrDefault(Entry.DATA, "");
    }

    @Override
    public Metadata getMetadata() {
        return metadata;
    }

    @Override
    public CompletionStage<Void> ack(Metadata ignored) {
        settlement.acknowledge(delivery);
        return RECORDED;
    }

    @Override
    public CompletionStage<Void> nack(Throwable reason, Metadata ignored) {
        var carriedOut = new CompletableFuture<Void>();
        settlement.refuse(delivery, reason).onComplete(done -> runOnMessageContext(() -> carriedOut.complete(null)));
        return carriedOut;
    }

    @Override
    public Function<Metadata, CompletionStage<Void>> getAckWithMetadata() {
        return this::ack;
    }

    @Override
    public BiFunction<Throwable, Metadata, CompletionStage<Void>> getNackWithMetadata() {
        return this::nack;
    }

    @Override
    public void injectMetadata(Object more) {
        metadata = metadata.with(more);
    }
}
