package io.infraai.standalone.lab;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.infraai.simulators.kubernetes.Effect;
import io.infraai.simulators.kubernetes.Effect.What;
import io.infraai.standalone.services.Installation;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The chapter on disaster recovery of docs/operations.md, done: a dump, work after it, the dump restored. The pods are those of
 * stateful sets: they keep their names, and so look to a second task like the first one's target.
 */
@Tag("lab")
class RestoreLabTest {

    private static final String POLICY = "Restore";
    private static final String BINARIES = "infraai.test.postgres-bin";

    private PostgresPrograms postgres;
    private Installation installation;
    private Path dump;

    @BeforeEach
    void install() {
        postgres = PostgresPrograms.assumeInstalled();
        System.setProperty(BINARIES, postgres.bin().toString());
        installation = new Installation();
        dump = installation.servers().directory().resolve("infraai.dump");
        installation.policy(
                POLICY,
                "{\"tool\":\"restart_pod\",\"params\":{\"pod_name\":\"${label.target}\",\"namespace\":\"shop\"}}");
    }

    @AfterEach
    void uninstall() {
        System.clearProperty(BINARIES);
        if (installation != null) {
            installation.close();
        }
    }

    @Test
    void whatWasDoneSinceTheBackupIsNotDoneAgain() {
        var waiting = fired(10);
        waiting.forEach(target -> installation.task(target, "queued"));
        postgres.run(installation.servers(), "pg_dump", "--format=custom", "--file=" + dump, "infraai");
        var later = work(waiting);

        restore();
        assertThat(psql("SELECT what || ' ' || how_many FROM after_restore()"))
                .contains("tasks expired 10", "tenants paused 1");
        installation.restart();

        try (var _ = installation.worker(Map.of())) {
            assertThat(installation.get("/api/status").path("paused").asBoolean())
                    .isTrue();
            waiting.forEach(target -> installation.task(target, "expired"));
            assertThat(installation
                            .ask("/api/alerts", webhook(waiting.getFirst()))
                            .path("opened")
                            .asInt())
                    .isZero();

            // an alert of the lost hour that still fires is new to the database, and held until a person has looked
            assertThat(installation
                            .ask("/api/alerts", webhook(later))
                            .path("opened")
                            .asInt())
                    .isEqualTo(1);
            installation.task(later, "held");
            assertThat(deletions()).allSatisfy((_, times) -> assertThat(times).isEqualTo(1));

            assertThat(installation.post("/api/resume", "{}").statusCode()).isEqualTo(200);
            var fresh = fired(1).getFirst();
            installation.task(fresh, "done");
            assertThat(waiting).allSatisfy(target -> assertThat(deletions()).containsEntry(target, 1L));
        }
    }

    /** Why there is a step between restoring and starting. */
    @Test
    void withoutTheStepAYoungBackupsTasksAreDoneAgain() {
        var waiting = fired(1);
        waiting.forEach(target -> installation.task(target, "queued"));
        postgres.run(installation.servers(), "pg_dump", "--format=custom", "--file=" + dump, "infraai");
        work(waiting);

        restore();
        installation.restart();

        try (var _ = installation.worker(Map.of())) {
            waiting.forEach(target -> installation.task(target, "done"));
            assertThat(deletions()).containsEntry(waiting.getFirst(), 2L);
        }
    }

    /** Does what waits and one alert more. */
    private String work(List<String> waiting) {
        try (var _ = installation.worker(Map.of())) {
            waiting.forEach(target -> installation.task(target, "done"));
            var later = fired(1).getFirst();
            installation.task(later, "done");
            return later;
        } finally {
            installation.stop();
        }
    }

    private void restore() {
        postgres.run(
                installation.servers(),
                "pg_restore",
                "--clean",
                "--create",
                "--exit-on-error",
                "--dbname=postgres",
                dump.toString());
    }

    private String psql(String query) {
        return postgres.run(installation.servers(), "psql", "--dbname=infraai", "--tuples-only", "--command=" + query);
    }

    private List<String> fired(int count) {
        return IntStream.range(0, count)
                .mapToObj(_ -> {
                    var set = Installation.unique("restore");
                    installation.cluster().create("statefulsets", "shop", statefulSet(set));
                    installation.ask("/api/alerts", webhook(set + "-0"));
                    return set + "-0";
                })
                .toList();
    }

    /** Always with the same beginning: to the database it is one alert that goes on firing. */
    private static String webhook(String target) {
        return Installation.webhook(POLICY, target)
                .replaceFirst("\"startsAt\":\"[^\"]+\"", "\"startsAt\":\"2026-11-23T08:00:00Z\"");
    }

    private static ObjectNode statefulSet(String name) {
        try {
            return (ObjectNode) new ObjectMapper().readTree("""
                    {"metadata":{"name":"%1$s","labels":{"app":"%1$s"}},
                     "spec":{"replicas":1,"selector":{"matchLabels":{"app":"%1$s"}},
                      "template":{"metadata":{"labels":{"app":"%1$s"}},
                       "spec":{"containers":[{"name":"main","image":"registry.example/app:1"}]}}}}""".formatted(name));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Long> deletions() {
        return installation.cluster().calls().effects().stream()
                .flatMap(call -> call.effects().stream())
                .filter(effect -> effect.what() == What.POD_DELETED)
                .collect(Collectors.groupingBy(Effect::name, Collectors.counting()));
    }
}
