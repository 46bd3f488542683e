package io.infraai.messaging.redis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.random.RandomGenerator;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.annotations.ConnectorAttribute;
import io.smallrye.reactive.messaging.annotations.ConnectorAttribute.Direction;
import io.smallrye.reactive.messaging.connector.InboundConnector;
import io.smallrye.reactive.messaging.connector.OutboundConnector;
import io.smallrye.reactive.messaging.health.HealthReport;
import io.smallrye.reactive.messaging.health.HealthReport.HealthReportBuilder;
import io.smallrye.reactive.messaging.health.HealthReporter;
import io.smallrye.reactive.messaging.providers.connectors.ExecutionHolder;
import io.vertx.core.Future;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.redis.client.Redis;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.jboss.logging.Logger;

import io.infraai.messaging.redis.fault.FailureStrategy;
import io.infraai.messaging.redis.tracing.StreamTracing;

/**
 * Connects channels with Redis streams, through the default Redis client of the application. Incoming channels share a stream as a
 * consumer group with at-least-once delivery, or tail it; outgoing channels append to one.
 *
 * <p>At shutdown reading ends first; then handlers have {@code mp.messaging.connector.redis-streams.grace} to settle what they were
 * given. What an application still has to say then, in an observer of the shutdown without a priority, it may: the way out is
 * closed last.
 */
@ApplicationScoped
@Connector(RedisStreamsConnector.NAME)
@ConnectorAttribute(
        name = "stream",
        type = "string",
        direction = Direction.INCOMING_AND_OUTGOING,
        mandatory = true,
        description = "The key of the stream")
@ConnectorAttribute(
        name = "group",
        type = "string",
        direction = Direction.INCOMING,
        description =
                "The consumer group, made if there is none; without it the channel tails the stream: it gets what is"
                        + " written from its start on, shares it with nobody and acknowledges nothing")
@ConnectorAttribute(
        name = "consumer",
        type = "string",
        direction = Direction.INCOMING,
        description =
                "The name within the group, unique among running consumers; by default one made from the host's name"
                        + " and a random part")
@ConnectorAttribute(
        name = "batch-size",
        type = "int",
        direction = Direction.INCOMING,
        defaultValue = Attributes.BATCH_SIZE,
        description = "How many entries are read at once, at most")
@ConnectorAttribute(
        name = "block",
        type = "string",
        direction = Direction.INCOMING,
        defaultValue = Attributes.BLOCK,
        description = "How long one read waits for entries; a shutdown may take as long")
@ConnectorAttribute(
        name = "max-in-flight",
        type = "int",
        direction = Direction.INCOMING_AND_OUTGOING,
        defaultValue = Attributes.MAX_IN_FLIGHT,
        description = "How many entries may be read and not settled, or written and not confirmed, at most")
@ConnectorAttribute(
        name = "claim-idle",
        type = "string",
        direction = Direction.INCOMING,
        defaultValue = Attributes.CLAIM_IDLE,
        description = "After how long an entry nobody looks after is delivered again; handlers may take longer")
@ConnectorAttribute(
        name = "max-deliveries",
        type = "int",
        direction = Direction.INCOMING,
        defaultValue = Attributes.MAX_DELIVERIES,
        description = "How often an entry is delivered before it goes to the dead letters")
@ConnectorAttribute(
        name = "failure-strategy",
        type = "string",
        direction = Direction.INCOMING,
        defaultValue = Attributes.FAILURE_STRATEGY,
        description =
                "What becomes of a refused message: `retry`, `dead-letter`, `ignore`, `fail`, or the identifier of a"
                        + " FailureStrategy bean")
@ConnectorAttribute(
        name = "max-length",
        type = "long",
        direction = Direction.OUTGOING,
        defaultValue = Attributes.MAX_LENGTH,
        description = "About how many entries the stream keeps; 0 for all")
@ConnectorAttribute(
        name = "expire-after",
        type = "string",
        direction = Direction.OUTGOING,
        description = "How long the stream outlives the last entry written to it, at least; for ever by default")
@ConnectorAttribute(
        name = "health-enabled",
        type = "boolean",
        direction = Direction.INCOMING_AND_OUTGOING,
        defaultValue = "true",
        description = "Whether the channel takes part in health checks")
@ConnectorAttribute(
        name = "tracing-enabled",
        type = "boolean",
        direction = Direction.INCOMING_AND_OUTGOING,
        defaultValue = "true",
        description = "Whether the trace is passed on in the fields of entries, if the application has OpenTelemetry")
public class RedisStreamsConnector implements InboundConnector, OutboundConnector, HealthReporter {

    /** The value of the property {@code connector} of a channel. */
    public static final String NAME = "redis-streams";

    private static final Logger LOG = Logger.getLogger(RedisStreamsConnector.class);
    private static final int BEFORE_OTHERS = 50;
    private static final int AFTER_OTHERS = 5_000;
    /** To confirm what was sent takes a round trip. */
    private static final Duration GRACE_OF_SENDING = Duration.ofSeconds(3);

    private final ExecutionHolder execution;
    private final Instance<Redis> redis;
    private final Instance<FailureStrategy> strategies;
    private final Instance<OpenTelemetry> telemetry;
    private final PayloadWriter payloads;
    private final Duration grace;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final AtomicInteger consumers = new AtomicInteger();
    private final List<InboundStream> inbound = new CopyOnWriteArrayList<>();
    private final List<OutboundStream> outbound = new CopyOnWriteArrayList<>();

    /**
     * For the container.
     *
     * @param grace how long handlers have at a shutdown
     */
    public RedisStreamsConnector(
            ExecutionHolder execution,
            Instance<Redis> redis,
            @Any Instance<FailureStrategy> strategies,
            Instance<OpenTelemetry> telemetry,
            ObjectMapper json,
            @ConfigProperty(name = "mp.messaging.connector.redis-streams.grace", defaultValue = "10s") Duration grace) {
        this.execution = execution;
        this.redis = redis;
        this.strategies = strategies;
        this.telemetry = telemetry;
        this.payloads = new PayloadWriter(json);
        this.grace = grace;
    }

    /** @throws IllegalArgumentException naming the attribute which is missing or invalid */
    @Override
    public Flow.Publisher<? extends Message<?>> getPublisher(Config config) {
        var settings = InboundSettings.of(config, consumerName());
        var channel = new InboundStream(
                settings,
                newContext(),
                redis.get(),
                strategyOf(settings),
                settings.tracingEnabled() ? StreamTracing.ofSource(telemetry()) : StreamTracing.none(),
                StreamMetrics.of(settings.channel(), settings.stream()),
                new Backoff(random));
        inbound.add(channel);
        return channel;
    }

    /** @throws IllegalArgumentException naming the attribute which is missing or invalid */
    @Override
    public Flow.Subscriber<? extends Message<?>> getSubscriber(Config config) {
        var settings = OutboundSettings.of(config);
        var channel = new OutboundStream(
                settings,
                newContext(),
                redis.get(),
                payloads,
                settings.tracingEnabled() ? StreamTracing.ofSink(telemetry()) : StreamTracing.none());
        outbound.add(channel);
        return channel;
    }

    private FailureStrategy strategyOf(InboundSettings settings) {
        var strategy = strategies.select(Identifier.Literal.of(settings.failureStrategy()));
        if (!strategy.isResolvable()) {
            throw new IllegalArgumentException("Attribute 'failure-strategy' of channel '" + settings.channel()
                    + "' names no FailureStrategy bean: '" + settings.failureStrategy() + "'");
        }
        return strategy.get();
    }

    /** Unique among processes and, for channels with several copies, within this one. */
    private String consumerName() {
        var host = System.getenv().getOrDefault("HOSTNAME", "consumer");
        return host + "-" + Long.toHexString(random.nextLong()) + "-" + consumers.incrementAndGet();
    }

    private OpenTelemetry telemetry() {
        // an SDK that is switched off still makes spans, which nobody gets
        var off = ConfigProvider.getConfig()
                .getOptionalValue("quarkus.otel.sdk.disabled", Boolean.class)
                .orElse(false);
        return off
                ? OpenTelemetry.noop()
                : telemetry.isResolvable() ? telemetry.get() : GlobalOpenTelemetry.getOrNoop();
    }

    private ContextInternal newContext() {
        return ((VertxInternal) execution.vertx().getDelegate()).createEventLoopContext();
    }

    @Override
    public HealthReport getLiveness() {
        return report(health -> health::reportLiveness);
    }

    @Override
    public HealthReport getReadiness() {
        return report(health -> health::reportReadiness);
    }

    @Override
    public HealthReport getStartup() {
        return report(health -> health::reportStartup);
    }

    private HealthReport report(Function<ChannelHealth, java.util.function.Consumer<HealthReportBuilder>> part) {
        var report = HealthReport.builder();
        inbound.forEach(channel -> part.apply(channel.health()).accept(report));
        outbound.forEach(channel -> part.apply(channel.health()).accept(report));
        return report.build();
    }

    /** Before the container closes the client, or anything the handlers still at work may need. */
    void endReading(@Observes(notifyObserver = Reception.IF_EXISTS) @Priority(BEFORE_OTHERS) ShutdownEvent event) {
        if (!settled(inbound.stream().map(InboundStream::stop).toList(), grace)) {
            inbound.forEach(InboundStream::abort);
        }
    }

    /** Handlers may send until they are done, and others until they have heard of the shutdown. */
    void endSending(@Observes(notifyObserver = Reception.IF_EXISTS) @Priority(AFTER_OTHERS) ShutdownEvent event) {
        if (!settled(outbound.stream().map(OutboundStream::stop).toList(), GRACE_OF_SENDING)) {
            outbound.forEach(OutboundStream::abort);
        }
    }

    private static boolean settled(List<Future<Void>> stopping, Duration patience) {
        var open = new CountDownLatch(stopping.size());
        stopping.forEach(each -> each.onComplete(ended -> open.countDown()));
        try {
            return open.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            LOG.debug("Interrupted while handlers were at work", e);
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
