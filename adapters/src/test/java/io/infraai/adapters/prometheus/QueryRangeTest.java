package io.infraai.adapters.prometheus;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import io.infraai.adapters.prometheus.QueryRange.Parameters;
import io.infraai.contracts.tool.FailureReason;

import static org.assertj.core.api.Assertions.assertThat;

class QueryRangeTest extends PrometheusToolTest {

    private static final long NOW = 1_700_000_000;

    private final QueryRange tool =
            new QueryRange(prometheus(), Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC));

    @Test
    void aRisingSeriesIsToldInAFewWords() {
        var series = seriesOf(at -> at - (NOW - 3600));

        assertThat(series.path("min").asDouble()).isBetween(0.0, 13.0);
        assertThat(series.path("max").asDouble()).isEqualTo(3600);
        assertThat(series.path("average").asDouble()).isBetween(1790.0, 1810.0);
        assertThat(series.path("trend").asText()).isEqualTo("rising");
        assertThat(series.path("sparkline").asText())
                .hasSize(40)
                .startsWith("▁▁")
                .endsWith("██");
    }

    @Test
    void aFallingSeriesIsFalling() {
        assertThat(seriesOf(at -> NOW - at).path("trend").asText()).isEqualTo("falling");
    }

    @Test
    void aWaveIsFlatAndSoIsALineThatHardlyMoves() {
        assertThat(seriesOf(at -> Math.sin(at / 60)).path("trend").asText()).isEqualTo("flat");
        simulated.clear();
        assertThat(seriesOf(at -> 1000 + (at - NOW) / 3600).path("trend").asText())
                .isEqualTo("flat");
    }

    @Test
    void whatIsNoNumberIsCountedAndLeftOut() {
        var series = seriesOf(at -> at < NOW - 1800 ? Double.NaN : at == NOW ? Double.POSITIVE_INFINITY : 7);

        assertThat(series.path("average").asDouble()).isEqualTo(7);
        assertThat(series.path("first").asText()).isEqualTo("NaN");
        assertThat(series.path("not_finite").asInt()).isPositive();
        assertThat(series.path("sparkline").asText()).startsWith("    ").contains("▁▁▁");
    }

    @Test
    void anyRangeHasAtMostThreeHundredPointsTheLastAtItsEnd() {
        for (int minutes : new int[] {1, 59, 60, 1440, 43_200}) {
            simulated.clear();
            simulated.vary("load", Map.of(), at -> at);

            var series = done(tool, new Parameters("load", minutes, null))
                    .detail()
                    .path("series")
                    .path(0);

            assertThat(series.path("points").asInt()).isBetween(60, 300);
            assertThat(series.path("last").asText()).isEqualTo(Long.toString(NOW));
        }
    }

    @Test
    void itEndsWhereItIsAskedTo() {
        simulated.vary("load", Map.of(), at -> at);

        var told = done(tool, new Parameters("load", 1, "2023-01-01T00:00:00+01:00"));

        assertThat(told.detail().path("series").path(0).path("last").asText())
                .isEqualTo(Long.toString(Instant.parse("2022-12-31T23:00:00Z").getEpochSecond()));
    }

    @Test
    void moreThanFiftySeriesAreCut() {
        for (int i = 0; i < 60; i++) {
            simulated.set("load", Map.of("of", "n" + i), i);
        }

        var told = done(tool, new Parameters("load", null, null));

        assertThat(told.detail().path("series")).hasSize(50);
        assertThat(told.detail().path("total").asInt()).isEqualTo(60);
    }

    @Test
    void aRangeWithoutATimeOrALengthIsRefused() {
        assertThat(failed(tool, new Parameters("load", 60, "2023-13-01T00:00:00Z"))
                        .reason())
                .isEqualTo(FailureReason.INVALID_PARAMETERS);
        assertThat(failed(tool, new Parameters("load", 0, null)).reason()).isEqualTo(FailureReason.INVALID_PARAMETERS);
        assertThat(simulated.calls()).isEmpty();
    }

    private JsonNode seriesOf(DoubleUnaryOperator valueAt) {
        simulated.vary("load", Map.of("of", "db"), valueAt);
        return done(tool, new Parameters("load", null, null))
                .detail()
                .path("series")
                .path(0);
    }
}
