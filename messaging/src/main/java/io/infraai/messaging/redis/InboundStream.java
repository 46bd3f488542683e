package io.infraai.messaging.redis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.reactive.messaging.providers.locals.LocalContextMetadata;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.Redis;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.infraai.messaging.redis.fault.FailureStrategy;
import io.infraai.messaging.redis.tracing.StreamTrace;
import io.infraai.messaging.redis.tracing.StreamTracing;

/**
 * One incoming channel: reads the stream while the application asks for messages and has room for them, and survives whatever
 * Redis does meanwhile.
 *
 * <p>All state is confined to one event loop context; what is called from elsewhere moves there first.
 */
final class InboundStream implements Flow.Publisher<Message<?>>, Flow.Subscription, Settlement.Channel {

    private static final Logger LOG = Logger.getLogger(InboundStream.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** How often within {@code claim-idle} entries being handled are kept, and abandoned ones looked for. */
    private static final int ROUNDS_PER_IDLE = 3;

    private enum State {
        RUNNING,
        STOPPING,
        ENDED
    }

    private final InboundSettings settings;
    private final ContextInternal context;
    private final StreamTracing tracing;
    private final StreamMetrics metrics;
    private final ChannelHealth health;
    private final Backoff backoff;
    private final PinnedConnection reader;
    private final PinnedConnection commands;
    private final Source source;
    private final @Nullable PendingReclaimer reclaimer;
    private final InFlight inFlight;
    private final Settlement settlement;
    private final AtomicBoolean subscribed = new AtomicBoolean();
    private final Promise<Void> ended = Promise.promise();

    private Flow.@Nullable Subscriber<? super Message<?>> subscriber;
    private State state = State.RUNNING;
    private long demand;
    private long round;
    private boolean prepared;
    private boolean busy;
    private boolean handingOver;
    private boolean reclaimDue = true;

    InboundStream(
            InboundSettings settings,
            ContextInternal context,
            Redis redis,
            FailureStrategy strategy,
            StreamTracing tracing,
            StreamMetrics metrics,
            Backoff backoff) {
        this.settings = settings;
        this.context = context;
        this.tracing = tracing;
        this.metrics = metrics;
        this.backoff = backoff;
        health = new ChannelHealth(settings.channel(), settings.stream(), settings.healthEnabled());
        reader = new PinnedConnection(redis, context, settings.block().plus(PATIENCE));
        commands = new PinnedConnection(redis, context, PATIENCE);
        var deadLetters = new DeadLetters(settings, commands);
        inFlight = new InFlight(settings.maxInFlight());
        settlement = new Settlement(this, strategy, deadLetters, backoff);
        source = settings.group()
                .<Source>map(group -> new Source.OfGroup(settings, group, commands))
                .orElseGet(() -> new Source.OfTail(settings, commands));
        reclaimer = settings.group()
                .map(group -> new PendingReclaimer(settings, group, commands, deadLetters, metrics))
                .orElse(null);
        metrics.watchInFlight(inFlight::size);
    }

    @Override
    public void subscribe(Flow.Subscriber<? super Message<?>> to) {
        if (!subscribed.compareAndSet(false, true)) {
            throw new IllegalStateException("Channel '" + settings.channel() + "' has its subscriber already");
        }
        to.onSubscribe(this);
        context.emit(start -> {
            subscriber = to;
            if (reclaimer != null) {
                round = context.setPeriodic(
                        Math.max(1, settings.claimIdle().toMillis() / ROUNDS_PER_IDLE), tick -> lookAround(reclaimer));
            }
            proceed();
        });
    }

    @Override
    public void request(long more) {
        context.emit(asked -> {
            if (more <= 0) {
                fail(new IllegalArgumentException("The demand must be positive, unlike " + more));
            } else {
                demand = demand + more < 0 ? Long.MAX_VALUE : demand + more;
                proceed();
            }
        });
    }

    @Override
    public void cancel() {
        context.emit(cancelled -> {
            subscriber = null;
            stop();
        });
    }

    /**
     * Ends the reading. Completes when what was handed to the application is settled and Redis knows, which nobody warrants: to be
     * waited for with a limit, then {@link #abort}.
     */
    Future<Void> stop() {
        context.emit(asked -> {
            if (state == State.RUNNING) {
                state = State.STOPPING;
                endIfQuiet();
            }
        });
        return ended.future();
    }

    /** Ends without waiting any longer. */
    void abort() {
        context.emit(asked -> {
            if (state == State.ENDED) {
                return;
            }
            if (inFlight.size() > 0) {
                LOG.warnf(
                        "Channel '%s' ends with %d messages unsettled, which will be delivered again",
                        settings.channel(), inFlight.size());
            }
            close();
        });
    }

    /** Everything starts here: whatever changed, this looks what can be done next. */
    @Override
    public void proceed() {
        if (state != State.RUNNING) {
            endIfQuiet();
            return;
        }
        handOver();
        if (busy || subscriber == null) {
            return;
        }
        if (!prepared) {
            attempt(source.prepare().onSuccess(ready -> prepared = true));
        } else if (demand > 0 && !inFlight.hasWaiting()) {
            var places = inFlight.reserve(settings.batchSize());
            if (places == 0) {
                return;
            }
            attempt((reclaimDue && reclaimer != null ? reclaim(reclaimer, places) : read(places))
                    .onSuccess(found -> inFlight.fill(places, found))
                    .onFailure(failure -> inFlight.fill(places, List.of())));
        }
    }

    /** One thing at a time; after a failure, a pause. */
    private void attempt(Future<?> step) {
        busy = true;
        step.onComplete(done -> {
            if (done.succeeded()) {
                backoff.reset();
                health.works();
                busy = false;
                proceed();
                return;
            }
            prepared &= !source.isGone(done.cause());
            if (state == State.RUNNING) {
                health.fails("read from", done.cause());
            }
            context.setTimer(backoff.next(), tick -> {
                busy = false;
                proceed();
            });
        });
    }

    private Future<List<Delivery>> read(int places) {
        return reader.send(source.read(places)).map(reply -> {
            var entries = Entry.ofRead(reply, settings.stream());
            source.received(entries);
            var now = System.nanoTime();
            return entries.stream().map(entry -> new Delivery(entry, 1, now)).toList();
        });
    }

    private Future<List<Delivery>> reclaim(PendingReclaimer from, int places) {
        return from.reclaim(places, inFlight::holds).onSuccess(found -> reclaimDue = found.size() == places);
    }

    private void lookAround(PendingReclaimer over) {
        reclaimDue = true;
        var old = inFlight.touchOlderThan(settings.claimIdle().toNanos() / ROUNDS_PER_IDLE);
        if (!old.isEmpty()) {
            over.keep(old)
                    .onSuccess(kept -> health.works())
                    .onFailure(failure -> health.fails("keep entries of", failure));
        }
        proceed();
    }

    private void handOver() {
        if (handingOver) {
            return;
        }
        handingOver = true;
        while (demand > 0 && state == State.RUNNING && subscriber != null) {
            var delivery = inFlight.next();
            if (delivery == null) {
                break;
            }
            demand--;
            metrics.delivered();
            handOver(delivery, subscriber);
        }
        handingOver = false;
    }

    /** On a context of the message's own: what a handler keeps there (a transaction, a trace) is no other handler's. */
    private void handOver(Delivery delivery, Flow.Subscriber<? super Message<?>> to) {
        var own = context.duplicate();
        VertxContextSafetyToggle.setContextSafe(own, true);
        own.emit(delivery, each -> {
            var metadata = Metadata.of(
                    new LocalContextMetadata(own),
                    new IncomingStreamMetadata(settings.stream(), each.id(), each.fields(), each.count()));
            to.onNext(tracing.received(
                    new RedisStreamsMessage(each, metadata, settlement),
                    new StreamTrace(settings.stream(), each.id(), settings.consumer(), each.fields())));
        });
    }

    private void endIfQuiet() {
        if (state != State.STOPPING || busy) {
            return;
        }
        var unused = inFlight.surrenderWaiting();
        if (reclaimer != null && !unused.isEmpty()) {
            busy = true;
            // those it fails for are found when they have been idle for long enough
            reclaimer.putBack(unused).onComplete(done -> {
                busy = false;
                endIfQuiet();
            });
        } else if (inFlight.beingHandled() == 0 && settlement.isIdle()) {
            close();
        }
    }

    private void close() {
        state = State.ENDED;
        context.owner().cancelTimer(round);
        reader.close();
        commands.close();
        metrics.close();
        ended.complete();
    }

    @Override
    public void fail(Throwable reason) {
        health.ends(reason);
        var to = subscriber;
        subscriber = null;
        stop();
        if (to != null) {
            to.onError(reason);
        }
    }

    @Override
    public boolean isEnded() {
        return state == State.ENDED;
    }

    @Override
    public InboundSettings settings() {
        return settings;
    }

    @Override
    public ContextInternal context() {
        return context;
    }

    @Override
    public PinnedConnection commands() {
        return commands;
    }

    @Override
    public InFlight inFlight() {
        return inFlight;
    }

    @Override
    public ChannelHealth health() {
        return health;
    }

    @Override
    public StreamMetrics metrics() {
        return metrics;
    }
}
