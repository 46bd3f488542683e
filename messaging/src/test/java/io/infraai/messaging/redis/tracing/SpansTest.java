package io.infraai.messaging.redis.tracing;

import java.time.Duration;
import java.time.Instant;

import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SpansTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "00-" + TRACE + "-b7ad6b7169203331-01";
    private static final String OTHER = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final InMemorySpanExporter exported = InMemorySpanExporter.create();
    private final Spans spans = Spans.of(OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(exported))
                    .build())
            .build());

    private SpanData only() {
        assertThat(exported.getFinishedSpanItems()).hasSize(1);
        return exported.getFinishedSpanItems().getFirst();
    }

    private static <T> T now(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(5));
    }

    @Test
    void aStepIsAPartOfItsParentAndTheParentOfItsParts() {
        var traceparent = now(spans.during(
                "work", new Trail(PARENT, OTHER), step -> Uni.createFrom().item(step.traceparent())));

        assertThat(only().getTraceId()).isEqualTo(TRACE);
        assertThat(only().getParentSpanId()).isEqualTo("b7ad6b7169203331");
        assertThat(traceparent).isEqualTo("00-" + TRACE + "-" + only().getSpanId() + "-01");
        assertThat(only().getLinks())
                .singleElement()
                .satisfies(
                        link -> assertThat(link.getSpanContext().getTraceId()).isEqualTo(OTHER.substring(3, 35)));
    }

    @Test
    void aStepThatFailsTellsTheKindOfFailureAndNotItsText() {
        var work = spans.<Void>during("work", Trail.under(null), _ -> {
            throw new IllegalStateException("password=c4n4ry");
        });

        assertThatThrownBy(() -> now(work)).isInstanceOf(IllegalStateException.class);

        assertThat(only().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(only().toString()).contains("IllegalStateException").doesNotContain("c4n4ry");
    }

    @Test
    void whatBeganEarlierIsTakenDownFromThen() {
        var since = Instant.parse("2026-11-23T08:00:00.5Z");

        spans.begin("wait", Trail.under(PARENT), since).end();

        assertThat(only().getStartEpochNanos()).isEqualTo(since.toEpochMilli() * 1_000_000);
        assertThat(only().getParentSpanId()).isEqualTo("b7ad6b7169203331");
    }

    @Test
    void aBrokenTraceparentBeginsATraceOfItsOwn() {
        now(spans.during("work", Trail.under("garbage"), _ -> Uni.createFrom().voidItem()));

        assertThat(only().getParentSpanContext().isValid()).isFalse();
    }

    @Test
    void whereNothingIsTracedTheParentIsHandedOn() {
        var untraced = Spans.untraced();

        String traceparent = now(untraced.during(
                "work", Trail.under(PARENT), step -> Uni.createFrom().item(step.traceparent())));

        assertThat(traceparent).isEqualTo(PARENT);
        assertThat(exported.getFinishedSpanItems()).isEmpty();
    }
}
