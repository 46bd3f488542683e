package io.infraai.messaging.redis;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Flow;

import io.smallrye.reactive.messaging.providers.locals.LocalContextMetadata;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.infraai.messaging.redis.tracing.StreamTrace;
import io.infraai.messaging.redis.tracing.StreamTracing;

/**
 * One outgoing channel: writes messages in the order they arrive, without waiting for one before sending the next. A message is
 * acknowledged when Redis has confirmed it and refused when it couldn't be written; whether it is sent again is up to the sender.
 *
 * <p>All state is confined to one event loop context; what is called from elsewhere moves there first.
 */
final class OutboundStream implements Flow.Subscriber<Message<?>> {

    private static final Logger LOG = Logger.getLogger(OutboundStream.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long PROBE_MILLIS = 1_000;

    private final OutboundSettings settings;
    private final ContextInternal context;
    private final PayloadWriter payloads;
    private final StreamTracing tracing;
    private final ChannelHealth health;
    private final PinnedConnection commands;
    private final Expiry expiry;
    private final Promise<Void> ended = Promise.promise();
    private final long probe;

    private Flow.@Nullable Subscription subscription;
    private int inFlight;
    private boolean stopping;

    OutboundStream(
            OutboundSettings settings,
            ContextInternal context,
            Redis redis,
            PayloadWriter payloads,
            StreamTracing tracing) {
        this.settings = settings;
        this.context = context;
        this.payloads = payloads;
        this.tracing = tracing;
        health = new ChannelHealth(settings.channel(), settings.stream(), settings.healthEnabled());
        commands = new PinnedConnection(redis, context, PATIENCE);
        expiry = new Expiry(settings.expireAfter(), commands);
        context.emit(start -> probe());
        probe = context.setPeriodic(PROBE_MILLIS, tick -> probe());
    }

    ChannelHealth health() {
        return health;
    }

    @Override
    public void onSubscribe(Flow.Subscription to) {
        context.emit(subscribed -> {
            subscription = to;
            to.request(settings.maxInFlight());
        });
    }

    @Override
    public void onNext(Message<?> message) {
        context.emit(message, this::write);
    }

    @Override
    public void onError(Throwable failure) {
        LOG.errorf(failure, "Channel '%s' gets no more messages", settings.channel());
        context.emit(over -> health.ends(failure));
    }

    @Override
    public void onComplete() {
        // the connection is kept for the health report until the application ends
    }

    /** Completes when nothing is under way any more, and takes no further messages. */
    Future<Void> stop() {
        context.emit(asked -> {
            stopping = true;
            if (subscription != null) {
                subscription.cancel();
            }
            endIfQuiet();
        });
        return ended.future();
    }

    /** Ends without waiting any longer. */
    void abort() {
        context.emit(asked -> close());
    }

    private void write(Message<?> message) {
        inFlight++;
        var metadata = message.getMetadata(OutgoingStreamMetadata.class);
        var stream = metadata.flatMap(OutgoingStreamMetadata::stream).orElse(settings.stream());
        Future<?> written;
        try {
            written = commands.send(entryOf(message, stream, metadata));
        } catch (IllegalArgumentException e) {
            refuse(message, e);
            return;
        }
        written.onSuccess(id -> {
            health.works();
            expiry.writtenTo(stream);
            onContextOf(message, message::ack);
            settled();
        });
        written.onFailure(failure -> {
            health.fails("write to", failure);
            refuse(message, failure);
        });
    }

    private Request entryOf(Message<?> message, String stream, Optional<OutgoingStreamMetadata> metadata) {
        Map<String, String> fields =
                metadata.map(each -> new HashMap<>(each.fields())).orElseGet(HashMap::new);
        var payload = payloads.write(message.getPayload());
        tracing.publishing(message, new StreamTrace(stream, null, null, fields));

        var entry = Request.cmd(Command.XADD).arg(stream);
        if (settings.maxLength() > 0) {
            entry.arg("MAXLEN").arg("~").arg(settings.maxLength());
        }
        entry.arg("*").arg(Entry.DATA).arg(payload);
        fields.forEach((name, value) -> entry.arg(name).arg(value));
        return entry;
    }

    private void refuse(Message<?> message, Throwable reason) {
        onContextOf(message, () -> message.nack(reason));
        settled();
    }

    private void settled() {
        inFlight--;
        if (stopping) {
            endIfQuiet();
        } else if (subscription != null) {
            subscription.request(1);
        }
    }

    /** Without traffic nothing else would notice that Redis is back. */
    private void probe() {
        if (!health.isWorking() && inFlight == 0 && !stopping) {
            commands.send(Request.cmd(Command.PING))
                    .onSuccess(pong -> health.works())
                    .onFailure(failure -> health.fails("write to", failure));
        }
    }

    private void endIfQuiet() {
        if (inFlight == 0) {
            close();
        }
    }

    private void close() {
        context.owner().cancelTimer(probe);
        commands.close();
        ended.tryComplete();
    }

    private static void onContextOf(Message<?> message, Runnable deed) {
        message.getMetadata(LocalContextMetadata.class)
                .map(LocalContextMetadata::context)
                .ifPresentOrElse(own -> own.runOnContext(go -> deed.run()), deed);
    }
}
