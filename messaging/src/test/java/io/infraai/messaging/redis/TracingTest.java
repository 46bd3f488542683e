package io.infraai.messaging.redis;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.smallrye.reactive.messaging.TracingMetadata;
import io.vertx.redis.client.Command;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import io.infraai.messaging.redis.fault.RetryFailure;
import io.infraai.messaging.redis.tracing.StreamTracing;

import static io.infraai.messaging.redis.Broker.newStream;
import static io.infraai.messaging.redis.Broker.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class TracingTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";
    private static final Broker BROKER = new Broker();

    private final String stream = newStream();
    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final OpenTelemetrySdk telemetry = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(spans))
                    .build())
            .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
            .build();

    @AfterAll
    static void end() {
        BROKER.close();
    }

    private Message<?> received() {
        var consumer = Consumer.of(
                BROKER.channel(settings(stream, "g"), new RetryFailure(), StreamTracing.ofSource(telemetry)));
        BROKER.run(Command.XADD, stream, "*", "data", "traced", "traceparent", "00-" + TRACE + "-" + PARENT + "-01");
        await().untilAsserted(() -> assertThat(consumer.count()).isEqualTo(1));
        return consumer.message(0);
    }

    private SpanData span(SpanKind kind) {
        return spans.getFinishedSpanItems().stream()
                .filter(span -> span.getKind() == kind)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theTraceOfAnEntryIsTheParentOfItsDelivery() {
        received().ack();

        assertThat(span(SpanKind.CONSUMER).getTraceId()).isEqualTo(TRACE);
        assertThat(span(SpanKind.CONSUMER).getParentSpanId()).isEqualTo(PARENT);
    }

    @Test
    void theTraceIsPassedOnWithWhatIsSent() {
        var context = received().getMetadata(TracingMetadata.class).orElseThrow();
        var producer = new Producer(BROKER.out(stream + ":out", 0, StreamTracing.ofSink(telemetry)));

        producer.send(Message.of("next", Metadata.of(context))).join();

        assertThat(span(SpanKind.PRODUCER).getParentSpanId())
                .isEqualTo(span(SpanKind.CONSUMER).getSpanId());
        assertThat(BROKER.entries(stream + ":out"))
                .singleElement()
                .satisfies(fields -> assertThat(fields)
                        .containsEntry(
                                "traceparent",
                                "00-" + TRACE + "-" + span(SpanKind.PRODUCER).getSpanId() + "-01"));
    }

    @Test
    void anEntryBeginsNoTrace() {
        var consumer = Consumer.of(
                BROKER.channel(settings(stream, "g"), new RetryFailure(), StreamTracing.ofSource(telemetry)));
        var producer = new Producer(BROKER.out(stream, 0, StreamTracing.ofSink(telemetry)));

        producer.send(Message.of("rung by a sweeper")).join();

        await().untilAsserted(() -> assertThat(consumer.count()).isEqualTo(1));
        assertThat(spans.getFinishedSpanItems()).isEmpty();
        assertThat(BROKER.entries(stream))
                .singleElement()
                .satisfies(fields -> assertThat(fields).containsOnlyKeys("data"));
    }

    @Test
    void withoutTelemetryNothingIsAdded() {
        var tracing = StreamTracing.ofSink(OpenTelemetry.noop());
        var producer = new Producer(BROKER.out(stream, 0, tracing));

        producer.send(Message.of("plain")).join();

        assertThat(BROKER.entries(stream))
                .singleElement()
                .satisfies(fields -> assertThat(fields).containsOnlyKeys("data"));
    }
}
