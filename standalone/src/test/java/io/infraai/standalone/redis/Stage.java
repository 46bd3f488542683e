package io.infraai.standalone.redis;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.infraai.standalone.services.Installation;
import io.infraai.standalone.services.ServiceProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** All four services on servers of a certain set-up. */
final class Stage implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Installation installation;
    private final ServiceProcess engine;
    private final ServiceProcess worker;

    Stage(RedisSetup redis) {
        installation = new Installation(redis::propertiesOf);
        engine = installation.engine();
        worker = installation.worker(Map.of());
    }

    Installation installation() {
        return installation;
    }

    /** How long it takes from now until every service reaches all of its streams. */
    Duration untilReady() {
        var start = System.nanoTime();
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> services().stream().allMatch(ServiceProcess::isReady));
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private List<ServiceProcess> services() {
        return Stream.concat(installation.services().stream(), Stream.of(engine, worker))
                .toList();
    }

    /** One question that the model of the process answers by looking at the cluster. */
    void assertAnswers() {
        var answer = installation.ask("/api/chat", "{\"message\":\"which pods are there in the namespace shop?\"}");

        assertThat(answer.path("steps"))
                .as(answer.toString())
                .anyMatch(step -> step.path("tool").asText().equals("list_pods"));
        assertThat(answer.path("reply").asText()).isNotBlank();
    }

    @Override
    public void close() {
        worker.close();
        engine.close();
        installation.close();
    }
}
