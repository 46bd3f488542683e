package io.infraai.simulators.prometheus;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.infraai.simulators.kubernetes.Breakage;
import io.infraai.simulators.kubernetes.ClusterConfig;
import io.infraai.simulators.kubernetes.Heals;
import io.infraai.simulators.kubernetes.SimulatedCluster;

import static org.assertj.core.api.Assertions.assertThat;

class SimulatedPrometheusTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SimulatedCluster cluster = SimulatedCluster.start(
            ClusterConfig.defaults().withReadyAfter(Duration.ZERO).withTerminationGrace(Duration.ZERO));
    private final SimulatedPrometheus prometheus = SimulatedPrometheus.start(0, cluster);
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        http.close();
        prometheus.close();
        cluster.close();
    }

    @Test
    void metricsFollowTheCluster() throws Exception {
        assertThat(single("kube_deployment_status_replicas_available{namespace=\"shop\",deployment=\"web\"}"))
                .isEqualTo("3");

        var pod = cluster.podsOf("shop", "web").getFirst();
        cluster.breakPod("shop", pod, Breakage.CRASH_LOOP_BACK_OFF, Heals.BY_RESTART);

        assertThat(single("kube_deployment_status_replicas_available{deployment=\"web\"}"))
                .isEqualTo("2");
        assertThat(single("kube_pod_container_status_restarts_total > 3")).isEqualTo("5");
        assertThat(single("kube_pod_status_ready{condition=\"true\",pod=\"" + pod + "\"}"))
                .isEqualTo("0");
    }

    @Test
    void aggregationsAndComparisonsAreComputed() throws Exception {
        assertThat(single("sum(kube_deployment_status_replicas_available{namespace=~\"shop|payments\"})"))
                .isEqualTo("10");
        assertThat(single("count(kube_pod_status_ready{condition=\"true\"} == 1) >= 3"))
                .isEqualTo("15");
        assertThat(single("avg(kube_deployment_spec_replicas{namespace=\"payments\"})"))
                .isEqualTo("1.5");
        assertThat(result("max(kube_deployment_spec_replicas) < 3")).isEmpty();
        assertThat(result("up{job!~\".*state.*\"}")).isEmpty();
    }

    @Test
    void valuesCanBeSetAndCleared() throws Exception {
        prometheus.set("temperature", Map.of("room", "a"), 21.5);
        prometheus.set("temperature", Map.of("room", "a"), Double.NaN);
        assertThat(single("temperature{room=\"a\"}")).isEqualTo("NaN");

        var series = "{\"metric\":\"temperature\",\"labels\":{\"room\":\"b\"},\"value\":19}";
        assertThat(send("POST", "/simulator/series", series, "application/json").statusCode())
                .isEqualTo(204);
        assertThat(result("temperature")).hasSize(2);

        prometheus.clear();
        assertThat(result("temperature")).isEmpty();
    }

    @Test
    void aFormBodyIsReadAsAQuery() throws Exception {
        var answer = send("POST", "/api/v1/query", "query=up&time=1700000000.5", "application/x-www-form-urlencoded");

        var vector = JSON.readTree(answer.body()).path("data").path("result").get(0);
        assertThat(vector.path("metric").path("__name__").asText()).isEqualTo("up");
        assertThat(vector.path("value").get(0).asDouble()).isEqualTo(1_700_000_000.5);
    }

    @Test
    void aRangeHasAPointForEveryStep() throws Exception {
        var matrix = get("/api/v1/query_range?query=up&start=1700000000&end=1700000060&step=15s");

        assertThat(matrix.path("data").path("resultType").asText()).isEqualTo("matrix");
        assertThat(matrix.path("data").path("result").get(0).path("values")).hasSize(5);
    }

    @Test
    void whatIsNotUnderstoodIsBadData() throws Exception {
        for (var query : new String[] {"rate(up[5m])", "up{", "up{job=~\"(\"}", "", "{}", "sum(up", "1 +"}) {
            var answer = send("GET", "/api/v1/query?query=" + encoded(query), "", "text/plain");
            assertThat(answer.statusCode()).as(query).isEqualTo(400);
            assertThat(JSON.readTree(answer.body()).path("errorType").asText()).isEqualTo("bad_data");
        }
        assertThat(get("/api/v1/query_range?query=up&start=0&end=10&step=0")
                        .path("error")
                        .asText())
                .contains("zero or negative query resolution");
        assertThat(get("/api/v1/query_range?query=up&start=0&end=12000&step=1")
                        .path("error")
                        .asText())
                .contains("11,000 points");
    }

    @Test
    void labelsReadinessAndWrongPathsAreAnswered() throws Exception {
        assertThat(get("/api/v1/labels").path("data").toString()).contains("__name__", "namespace", "pod");
        assertThat(get("/api/v1/label/namespace/values").path("data").toString())
                .contains("payments");
        assertThat(send("GET", "/-/ready", "", "text/plain").statusCode()).isEqualTo(200);
        assertThat(send("GET", "/api/v2/query", "", "text/plain").body()).isEqualTo("404 page not found\n");
    }

    private String single(String query) throws Exception {
        var result = result(query);
        assertThat(result).as(query).hasSize(1);
        return result.get(0).path("value").get(1).asText();
    }

    private JsonNode result(String query) throws Exception {
        var answer = get("/api/v1/query?query=" + encoded(query));
        assertThat(answer.path("status").asText()).isEqualTo("success");
        return answer.path("data").path("result");
    }

    private JsonNode get(String path) throws Exception {
        return JSON.readTree(send("GET", path, "", "text/plain").body());
    }

    private HttpResponse<String> send(String method, String path, String body, String type)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(prometheus.url() + path))
                .header("Content-Type", type)
                .timeout(Duration.ofSeconds(5))
                .method(method, BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
