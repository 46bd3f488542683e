package io.infraai.adapters.grafana;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.infraai.adapters.grafana.GetGrafanaPanelQuery.Parameters;
import io.infraai.contracts.tool.FailureReason;

import static org.assertj.core.api.Assertions.assertThat;

class GetGrafanaPanelQueryTest extends GrafanaToolTest {

    private final GetGrafanaPanelQuery tool = new GetGrafanaPanelQuery(new Dashboards(grafana()));

    @BeforeEach
    void drawPanels() {
        simulated.dashboard("""
                {"uid": "u1", "title": "All forms", "templating": {"list": [
                  {"name": "one", "current": {"value": "a.b"}},
                  {"name": "some", "current": {"value": ["x.1", "y"]}},
                  {"name": "all", "allValue": "z.*", "current": {"value": ["$__all"]}},
                  {"name": "none", "current": {}}]},
                 "panels": [{"id": 7, "type": "stat", "title": "Forms", "targets": [
                  {"refId": "A", "expr": "m{a=\\"$one\\", b=\\"${one}\\", c=~\\"[[one:regex]]\\"}"},
                  {"refId": "B", "expr": "rate(m{a=~\\"$some\\", b=~\\"$all\\"}[$__rate_interval])"},
                  {"refId": "C", "expr": "m{a=\\"$none\\", b=\\"$oneness\\"}"}]}]}""");
    }

    @Test
    void everyFormOfAVariableIsSubstituted() {
        assertThat(query("7", null, 0)).isEqualTo("m{a=\"a.b\", b=\"a.b\", c=~\"a\\\\.b\"}");
        assertThat(query("Forms", null, 1)).isEqualTo("rate(m{a=~\"(x\\\\.1|y)\", b=~\"z.*\"}[5m])");
    }

    @Test
    void whatHasNoValueStaysAndIsNamed() {
        var told = done(tool, new Parameters("u1", "forms", null));

        assertThat(told.detail().path("queries").path(2).path("query").asText())
                .isEqualTo("m{a=\"$none\", b=\"$oneness\"}");
        assertThat(told.detail().path("unknown_variables").toString()).isEqualTo("[\"none\",\"oneness\"]");
        assertThat(told.summary()).endsWith("no value is known for none, oneness");
    }

    @Test
    void otherValuesMayBeGiven() {
        assertThat(query("7", "none=x,oneness=y=z", 2)).isEqualTo("m{a=\"x\", b=\"y=z\"}");
    }

    @Test
    void aPanelInsideOfARowIsFound() {
        var told = done(tool, new Parameters("shop-overview", "restarts", null));

        assertThat(told.detail().path("queries").path(0).path("query").asText())
                .isEqualTo("sum(kube_pod_container_status_restarts_total{namespace=\"shop\"})");
    }

    @Test
    void aPanelThatIsNotThereIsNotFound() {
        assertThat(failed(tool, new Parameters("u1", "8", null)).reason()).isEqualTo(FailureReason.TARGET_NOT_FOUND);
    }

    private String query(String panel, @Nullable String variables, int number) {
        return done(tool, new Parameters("u1", panel, variables))
                .detail()
                .path("queries")
                .path(number)
                .path("query")
                .asText();
    }
}
