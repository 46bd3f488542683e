package io.infraai.adapters.grafana;

import org.junit.jupiter.api.Test;

import io.infraai.adapters.grafana.SearchGrafanaDashboards.Parameters;

import static org.assertj.core.api.Assertions.assertThat;

class SearchGrafanaDashboardsTest extends GrafanaToolTest {

    private final SearchGrafanaDashboards tool = new SearchGrafanaDashboards(grafana());

    @Test
    void dashboardsAreFoundByTitleAndTag() {
        simulated.dashboard("{\"uid\": \"u1\", \"title\": \"Node & disk\", \"tags\": [\"node\"]}");

        assertThat(done(tool, new Parameters(null, null)).detail().path("dashboards"))
                .hasSize(2);
        assertThat(uids(new Parameters("node & d", null))).isEqualTo("[u1]");
        assertThat(uids(new Parameters(null, "shop"))).isEqualTo("[shop-overview]");
        assertThat(uids(new Parameters("node", "shop"))).isEqualTo("[]");
    }

    @Test
    void aFullPageMayNotBeAll() {
        for (int i = 0; i < 120; i++) {
            simulated.dashboard("{\"uid\": \"u" + i + "\", \"title\": \"t\"}");
        }

        var told = done(tool, new Parameters("t", null));

        assertThat(told.summary()).isEqualTo("100 dashboards, maybe more");
        assertThat(told.detail().path("truncated").asBoolean()).isTrue();
    }

    private String uids(Parameters parameters) {
        return done(tool, parameters)
                .detail()
                .path("dashboards")
                .findValuesAsText("uid")
                .toString();
    }
}
