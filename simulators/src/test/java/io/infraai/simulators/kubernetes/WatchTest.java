package io.infraai.simulators.kubernetes;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class WatchTest extends ClusterTest {

    @Test
    void aWatchSeesPodsComeChangeAndGo() {
        var seen = new CopyOnWriteArrayList<String>();
        try (var watch =
                client.pods().inNamespace("shop").withLabel("app", "cart").watch(recording(seen))) {
            assertThat(watch).isNotNull();
            client.resource(anyPod("shop", "cart")).delete();

            await().atMost(Duration.ofSeconds(3))
                    .untilAsserted(() -> assertThat(seen).contains("ADDED", "MODIFIED", "DELETED"));
        }
    }

    @Test
    void anInformerFollowsTheCluster() {
        try (var informer = client.pods().inNamespace("payments").inform()) {
            cluster.scale("payments", "api", 4);

            await().atMost(Duration.ofSeconds(3))
                    .untilAsserted(() -> assertThat(informer.getStore().list()).hasSize(5));
        }
    }

    @Test
    void aWatchFromAVersionTellsOnlyWhatCameLaterAsJsonLines() throws Exception {
        var version = client.pods().inNamespace("shop").list().getMetadata().getResourceVersion();
        cluster.delete("pods", "shop", "migrate-once");

        var lines = lines("/api/v1/namespaces/shop/pods?watch=true&timeoutSeconds=1&resourceVersion=" + version);

        assertThat(lines)
                .first()
                .asString()
                .startsWith("{\"type\":\"MODIFIED\"")
                .contains("migrate-once");
        assertThat(lines).last().asString().startsWith("{\"type\":\"DELETED\"").contains("migrate-once");
    }

    @Test
    void aWatchFromAForgottenVersionIsToldThatItExpired() throws Exception {
        cluster.compact();

        assertThat(lines("/api/v1/pods?watch=true&resourceVersion=1001"))
                .singleElement()
                .asString()
                .startsWith("{\"type\":\"ERROR\"")
                .contains("\"reason\":\"Expired\"", "\"code\":410");
    }

    private List<String> lines(String path) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(cluster.url() + path))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return http.send(request, BodyHandlers.ofLines()).body().toList();
        }
    }

    private static Watcher<Pod> recording(List<String> seen) {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, Pod pod) {
                seen.add(action.name());
            }

            @Override
            public void onClose(WatcherException cause) {}
        };
    }
}
