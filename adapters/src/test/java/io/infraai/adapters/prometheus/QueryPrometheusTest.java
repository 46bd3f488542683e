package io.infraai.adapters.prometheus;

import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import io.infraai.adapters.prometheus.QueryPrometheus.Parameters;
import io.infraai.adapters.tool.http.Configured;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.ToolDescription;
import io.infraai.simulators.http.HttpAnswer;
import io.infraai.simulators.http.HttpFault;

import static org.assertj.core.api.Assertions.assertThat;

class QueryPrometheusTest extends PrometheusToolTest {

    private final QueryPrometheus tool = new QueryPrometheus(prometheus());

    @Test
    void valuesAreToldAsPrometheusWritesThem() {
        simulated.set("ratio", Map.of("of", "a"), Double.POSITIVE_INFINITY);
        simulated.set("ratio", Map.of("of", "b"), Double.NaN);
        simulated.set("ratio", Map.of("of", "c"), 0.25);

        var told = done(tool, new Parameters("ratio", null));

        assertThat(told.detail().path("series"))
                .extracting(series -> series.path("value").asText())
                .containsExactly("+Inf", "NaN", "0.25");
        assertThat(told.detail()
                        .path("series")
                        .path(0)
                        .path("labels")
                        .path("of")
                        .asText())
                .isEqualTo("a");
    }

    @Test
    void theQueryAndItsTimeAreSentAsAForm() {
        simulated.set("load", Map.of(), 1);

        var told = done(tool, new Parameters("load", "1700000000.5"));

        assertThat(told.summary()).isEqualTo("The query yields one series: 1");
        assertThat(told.detail().path("series").path(0).path("at").asDouble()).isEqualTo(1_700_000_000.5);
        assertThat(simulated.calls()).singleElement().satisfies(call -> {
            assertThat(call.method()).isEqualTo("POST");
            assertThat(call.body()).contains("query=load", "time=1700000000.5");
        });
    }

    @Test
    void nothingIsAnAnswerToo() {
        assertThat(done(tool, new Parameters("nothing", null)).summary()).isEqualTo("The query yields nothing");
    }

    @Test
    void moreThanFiftySeriesAreCut() {
        for (int i = 0; i < 60; i++) {
            simulated.set("load", Map.of("of", "n" + i), i);
        }

        var told = done(tool, new Parameters("load", null));

        assertThat(told.detail().path("series")).hasSize(50);
        assertThat(told.detail().path("total").asInt()).isEqualTo(60);
        assertThat(told.detail().path("truncated").asBoolean()).isTrue();
    }

    @Test
    void aMistakeInAQueryIsToldInPrometheusOwnWords() {
        var failed = failed(tool, new Parameters("sum(", null));

        assertThat(failed.reason()).isEqualTo(FailureReason.INVALID_PARAMETERS);
        assertThat(failed.message()).contains("answered 400: invalid parameter \"query\": 1:1: parse error");
    }

    @Test
    void aQueryOfMoreThanEightKibibytesIsNotSent() {
        var failed = failed(tool, new Parameters("ü".repeat(5_000), null));

        assertThat(failed.reason()).isEqualTo(FailureReason.INVALID_PARAMETERS);
        assertThat(simulated.calls()).isEmpty();
    }

    @Test
    void aQueryThatPrometheusGaveUpIsTimedOut() {
        simulated.inject(
                new HttpFault.Instead(
                        new HttpAnswer(
                                503,
                                Map.of("Content-Type", "application/json"),
                                "{\"status\":\"error\",\"errorType\":\"timeout\",\"error\":\"query timed out in expression evaluation\"}")));

        var failed = failed(tool, new Parameters("load", null));

        assertThat(failed.reason()).isEqualTo(FailureReason.TIMED_OUT);
        assertThat(failed.message()).contains("query timed out in expression evaluation");
    }

    @Test
    void jsonOfSomethingElseIsNoAnswer() {
        simulated.inject(new HttpFault.Instead(new HttpAnswer(200, Map.of("Content-Type", "application/json"), "[1]")));

        assertThat(failed(tool, new Parameters("load", null)).message()).contains("isn't Prometheus");
    }

    @Test
    void withoutAnAddressTheKeyToSetIsNamed() {
        var unset = new QueryPrometheus(
                new Prometheus(Configured.with(PrometheusConfig.class, Map.of()), vertx, new ObjectMapper()));

        assertThat(failed(unset, new Parameters("up", null)).message())
                .isEqualTo("No Prometheus is configured: set infraai.prometheus.url");
    }

    @Test
    void theTenantIsNamedInTheHeaderThatMimirWants() {
        told(new QueryPrometheus(prometheus(Map.of("infraai.prometheus.tenant", "acme"))), new Parameters("up", null));

        assertThat(simulated.calls().getFirst().header("x-scope-orgid")).contains("acme");
    }

    @Test
    void itIsAdvertisedWithItsBounds() {
        var schema = ToolDescription.of(tool).inputSchema();

        assertThat(schema.path("properties").path("query").path("maxLength").asInt())
                .isEqualTo(8192);
        assertThat(schema.path("required")).hasSize(1);
    }
}
