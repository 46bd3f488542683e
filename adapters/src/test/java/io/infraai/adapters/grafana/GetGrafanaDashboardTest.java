package io.infraai.adapters.grafana;

import java.util.Map;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import io.infraai.adapters.grafana.GetGrafanaDashboard.Parameters;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.simulators.http.HttpFault;

import static org.assertj.core.api.Assertions.assertThat;

class GetGrafanaDashboardTest extends GrafanaToolTest {

    private final GetGrafanaDashboard tool = new GetGrafanaDashboard(new Dashboards(grafana()));

    @Test
    void aDashboardIsToldWithItsVariablesAndThePanelsOfItsRows() {
        var detail = done(tool, new Parameters("shop-overview")).detail();

        assertThat(detail.path("title").asText()).isEqualTo("Shop overview");
        assertThat(detail.path("folder").asText()).isEqualTo("Simulated");
        assertThat(detail.path("variables").toString())
                .isEqualTo("{\"namespace\":[\"shop\"],\"deployment\":[\"$__all\"]}");
        assertThat(detail.path("panels"))
                .extracting(panel -> panel.path("title").asText())
                .containsExactly("Restarts", "Available");
        assertThat(detail.path("panels")
                        .path(0)
                        .path("queries")
                        .path(0)
                        .path("expression")
                        .asText())
                .startsWith("sum(kube_pod");
        assertThat(simulated.calls().getFirst().header("x-grafana-org-id")).contains("3");
    }

    @Test
    void aDashboardIsFoundByItsTitleInAnyCase() {
        assertThat(done(tool, new Parameters("SHOP overview"))
                        .detail()
                        .path("uid")
                        .asText())
                .isEqualTo("shop-overview");
    }

    @Test
    void aTitleThatLooksLikeAUidIsFoundToo() {
        simulated.dashboard("{\"uid\": \"u1\", \"title\": \"Latency\"}");

        assertThat(done(tool, new Parameters("latency")).detail().path("uid").asText())
                .isEqualTo("u1");
    }

    @Test
    void aTitleOfSeveralIsNotGuessed() {
        simulated.dashboard("{\"uid\": \"u1\", \"title\": \"Shop overview\"}");

        var failed = failed(tool, new Parameters("Shop overview"));

        assertThat(failed.reason()).isEqualTo(FailureReason.INVALID_PARAMETERS);
        assertThat(failed.message()).endsWith("say which uid: shop-overview, u1");
    }

    @Test
    void whatNothingIsCalledIsNotFound() {
        assertThat(failed(tool, new Parameters("nothing")).reason()).isEqualTo(FailureReason.TARGET_NOT_FOUND);
    }

    @Test
    void anIdThatLeadsElsewhereIsRefusedByTheSchemaAndTheTool() {
        for (var id : new String[] {"../../admin", "a/b", "..", "a?b", "a#b", "%2e%2e", "a\\b", "a..b", "a\nb"}) {
            assertThat(Pattern.matches(Dashboards.ID, id)).as(id).isFalse();
            assertThat(failed(tool, new Parameters(id)).reason()).as(id).isEqualTo(FailureReason.INVALID_PARAMETERS);
        }
        assertThat(simulated.calls()).isEmpty();
        for (var id : new String[] {"cIBgcSjkk", "Node exporter v1.2", "Größe", ".hidden", "a."}) {
            assertThat(Pattern.matches(Dashboards.ID, id)).as(id).isTrue();
        }
    }

    @Test
    void panelsOfBothSchemasAreRead() {
        simulated.dashboard("""
                {"uid": "v2", "title": "New", "elements": {"panel-1": {"kind": "Panel", "spec": {"id": 1, "title": "Load",
                 "data": {"spec": {"queries": [{"spec": {"refId": "A", "query": {"group": "prometheus",
                 "spec": {"expr": "node_load1"}}}}]}}}}}}""");
        simulated.dashboard("""
                {"uid": "v0", "title": "Old", "rows": [{"panels": [{"id": 1, "title": "Load", "type": "graph",
                 "targets": [{"refId": "A", "expr": "node_load5"}, {"refId": "B", "expr": "x", "hide": true}]}]}]}""");

        assertThat(done(tool, new Parameters("v2")).detail().path("panels").toString())
                .contains("\"expression\":\"node_load1\"");
        assertThat(done(tool, new Parameters("v0")).detail().path("panels").toString())
                .contains("\"expression\":\"node_load5\"")
                .doesNotContain("\"B\"");
    }

    @Test
    void moreThanSixtyPanelsAreCut() {
        var panels = "{\"id\": 1, \"title\": \"p\", \"type\": \"stat\"},".repeat(70);
        simulated.dashboard("{\"uid\": \"u1\", \"title\": \"Many\", \"panels\": ["
                + panels.substring(0, panels.length() - 1) + "]}");

        var detail = done(tool, new Parameters("u1")).detail();

        assertThat(detail.path("panels")).hasSize(60);
        assertThat(detail.path("panels_total").asInt()).isEqualTo(70);
        assertThat(detail.path("truncated").asBoolean()).isTrue();
    }

    @Test
    void aRefusalIsToldAndNotRepeated() {
        simulated.inject(HttpFault.status(403));

        assertThat(failed(tool, new Parameters("shop-overview")).reason()).isEqualTo(FailureReason.NOT_PERMITTED);
        assertThat(simulated.calls()).hasSize(1);
    }

    @Test
    void withoutAnAddressTheKeyToSetIsNamed() {
        var unset = new GetGrafanaDashboard(new Dashboards(grafana(Map.of())));

        assertThat(failed(unset, new Parameters("x")).message())
                .isEqualTo("No Grafana is configured: set infraai.grafana.url");
    }
}
