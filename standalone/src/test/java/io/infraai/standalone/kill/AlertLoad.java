package io.infraai.standalone.kill;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;

import io.infraai.simulators.kubernetes.Call;
import io.infraai.simulators.kubernetes.Effect.What;
import io.infraai.standalone.services.Installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Alerts about one pod each, sent as Alertmanager sends them: the same one again and again until it is taken. */
final class AlertLoad implements AutoCloseable {

    static final String POLICY =
            "{\"tool\":\"restart_pod\",\"params\":{\"pod_name\":\"${label.target}\",\"namespace\":\"shop\"}}";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int SENDERS = 4;

    private final Installation installation;
    private final String alertname;
    private final Queue<String> taken = new ConcurrentLinkedQueue<>();
    private final Queue<HttpResponse<String>> refused = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * @param alertname which {@link #POLICY} is for
     */
    AlertLoad(Installation installation, String alertname) {
        this.installation = installation;
        this.alertname = alertname;
        IntStream.range(0, SENDERS)
                .forEach(_ -> senders.execute(() -> {
                    while (!over.get()) {
                        taken.add(delivered());
                    }
                }));
    }

    /** Until so many more were answered with 200. */
    void awaitTaken(int more) {
        var before = taken.size();
        await().atMost(PATIENCE).until(() -> taken.size() >= before + more);
    }

    /** Returns once all that was begun is taken. */
    void end() {
        over.set(true);
        senders.close();
    }

    @Override
    public void close() {
        end();
    }

    /** By the cluster's own log: nothing that was taken is lost, and nothing doubled. */
    void assertEachHealedOnce() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(deletions().keySet()).containsAll(taken));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(tasks("queued", "running")).isEmpty());
        assertThat(tasks("failed", "in_doubt", "dead", "expired")).isEmpty();
        assertThat(deletions())
                .allSatisfy((pod, calls) -> assertThat(calls).as(pod).hasSize(1));
    }

    /** What wasn't taken was put off, in a way that its sender understands. */
    void assertRefusedForNowOnly() {
        assertThat(refused).isNotEmpty().allSatisfy(answer -> {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        });
    }

    private JsonNode tasks(String... states) {
        return installation
                .get("/api/tasks?state=" + String.join("&state=", states))
                .path("items");
    }

    private String delivered() {
        var deployment = Installation.unique("load");
        installation.cluster().addDeployment("shop", deployment, 1);
        var target = installation.cluster().podsOf("shop", deployment).getFirst();
        var webhook = Installation.webhook(alertname, target);
        await().atMost(PATIENCE).pollDelay(PAUSE).until(() -> {
            var answer = installation.post("/api/alerts", webhook);
            if (answer.statusCode() != 200) {
                refused.add(answer);
            }
            return answer.statusCode() == 200;
        });
        return target;
    }

    /** By the pods that were deleted. */
    private Map<String, List<Call>> deletions() {
        return installation.cluster().calls().effects(What.POD_DELETED);
    }
}
