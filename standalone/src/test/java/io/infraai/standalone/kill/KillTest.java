package io.infraai.standalone.kill;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.infraai.simulators.kubernetes.Effect;
import io.infraai.simulators.kubernetes.Effect.What;
import io.infraai.simulators.kubernetes.FaultKind;
import io.infraai.simulators.kubernetes.FaultRule;
import io.infraai.standalone.services.Installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Nothing accepted is lost and no effect is doubled, whatever dies; told from the cluster's own log of calls. */
class KillTest {

    /** Alerts whose policy goes on when they do. */
    private static final String PLANNED = "PLANNED";

    private static Installation installation;

    /** Each acts on the deployment, or a pod of it, that the alert's label {@code target} names. */
    enum Action {
        RESTART_POD(AlertLoad.POLICY, What.POD_DELETED),
        RESTART_DEPLOYMENT(
                "{\"tool\":\"restart_deployment\",\"params\":{\"deployment_name\":\"${label.target}\",\"namespace\":\"shop\"}}",
                What.ROLLED_OUT),
        SCALE_DEPLOYMENT(
                "{\"tool\":\"scale_deployment\",\"params\":{\"deployment_name\":\"${label.target}\",\"namespace\":\"shop\",\"replicas\":3}}",
                What.SCALED);

        private final String json;
        private final What effect;

        Action(String json, What effect) {
            this.json = json;
            this.effect = effect;
        }

        /** A deployment of its own, so that no cell meets another's effect. */
        String newTarget() {
            var deployment = Installation.unique("kill");
            installation.cluster().addDeployment("shop", deployment, 1);
            return this == RESTART_POD
                    ? installation.cluster().podsOf("shop", deployment).getFirst()
                    : deployment;
        }
    }

    @BeforeAll
    static void install() {
        installation = new Installation();
        for (var action : Action.values()) {
            installation.policy(action.name(), action.json);
        }
        installation.policy(
                PLANNED,
                "auto",
                Action.RESTART_DEPLOYMENT.json + ", \"verify\": {\"alert_clears\": \"10s\"}, \"on_failure\": ["
                        + Action.SCALE_DEPLOYMENT.json + "]");
    }

    @AfterAll
    static void uninstall() {
        installation.close();
    }

    static Stream<Arguments> failpointsAndActions() {
        return Stream.of("after_claim", "after_intent", "before_outcome")
                .flatMap(point -> Stream.of(Action.values()).map(action -> Arguments.of(point, action)));
    }

    @ParameterizedTest
    @MethodSource("failpointsAndActions")
    void aWorkerThatDiesLeavesItsTaskToAnotherAndTheEffectHappensOnce(String failpoint, Action action)
            throws InterruptedException {
        var target = action.newTarget();
        try (var doomed = installation.worker(Map.of("infraai.failpoint", failpoint))) {
            installation.fire(action.name(), target);
            doomed.awaitDeath();
        }

        try (var _ = installation.worker(Map.of())) {
            assertHappenedOnce(installation.task(target, "done"), action);
        }
    }

    @ParameterizedTest
    @MethodSource("actions")
    void aWorkerThatIsKilledWhileItsCallIsAnsweredDoesNotDoubleTheEffect(Action action) {
        var target = action.newTarget();
        holdTheAnswer(action, target, Duration.ofSeconds(30));
        try (var doomed = installation.worker(Map.of("infraai.kubernetes.call-timeout", "30s"))) {
            installation.fire(action.name(), target);
            await().atMost(Duration.ofSeconds(30)).until(() -> effectOn(target, action));
            doomed.kill();
        }

        try (var _ = installation.worker(Map.of())) {
            assertHappenedOnce(installation.task(target, "done"), action);
        }
    }

    static Stream<Action> actions() {
        return Stream.of(Action.values());
    }

    @Test
    void aWorkerThatDiesAfterAVerdictLeavesTheNextStepToAnotherWhichDoesItOnce() throws InterruptedException {
        var target = Action.SCALE_DEPLOYMENT.newTarget();
        try (var doomed = installation.worker(Map.of("infraai.failpoint", "after_verdict"))) {
            installation.fire(PLANNED, target);
            doomed.awaitDeath();
        }
        var first = installation.task(target, "done");
        assertThat(first.at("/verification/state").asText()).isEqualTo("ineffective");

        try (var _ = installation.worker(Map.of())) {
            var next = "/api/tasks/" + first.at("/verification/next_task_id").asLong();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> installation.get(next).path("state").asText().equals("done"));
            installation.resolve(PLANNED, target);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> installation
                            .get(next)
                            .at("/verification/state")
                            .asText()
                            .equals("effective"));

            assertHappenedOnce(first, Action.RESTART_DEPLOYMENT);
            assertHappenedOnce(installation.get(next), Action.SCALE_DEPLOYMENT);
        }
    }

    @Test
    void aGatewayThatDiesAfterTheCommitAndBeforeTheBellLosesNothing() throws InterruptedException {
        var target = Action.SCALE_DEPLOYMENT.newTarget();
        var webhook = Installation.webhook(Action.SCALE_DEPLOYMENT.name(), target);
        try (var doomed = installation
                .gateway(Map.of("infraai.failpoint", "after_commit_before_ring"))
                .ready()) {
            assertThatThrownBy(() -> installation.post(doomed, "/api/alerts", webhook))
                    .isInstanceOf(UncheckedIOException.class);
            doomed.awaitDeath();
        }

        var again = installation.fire(Action.SCALE_DEPLOYMENT.name(), target);

        assertThat(again.path("repeated").asInt()).isEqualTo(1);
        try (var _ = installation.worker(Map.of())) {
            assertHappenedOnce(installation.task(target, "done"), Action.SCALE_DEPLOYMENT);
        }
    }

    @Test
    void aWorkerThatIsToldToStopEndsWhatItHasBegun() {
        var action = Action.SCALE_DEPLOYMENT;
        var target = action.newTarget();
        holdTheAnswer(action, target, Duration.ofSeconds(3));
        try (var leaving = installation.worker(Map.of())) {
            installation.fire(action.name(), target);
            await().atMost(Duration.ofSeconds(30)).until(() -> effectOn(target, action));
            leaving.stop();
        }

        // nobody else is there who could have ended it
        assertHappenedOnce(installation.task(target, "done"), action);
    }

    @Test
    void whatAWorkerThatIsToldToStopHasNotBegunIsAnothersWithinSeconds() {
        var action = Action.SCALE_DEPLOYMENT;
        var target = action.newTarget();
        installation
                .cluster()
                .faults()
                .inject(FaultRule.once("get", target, FaultKind.LATENCY).after(Duration.ofSeconds(60)));
        var slow = Map.of(
                "infraai.worker.lease", "30s",
                "infraai.worker.heartbeat", "10s",
                "infraai.kubernetes.call-timeout", "60s",
                "mp.messaging.connector.redis-streams.grace", "1s");
        try (var leaving = installation.worker(slow)) {
            installation.fire(action.name(), target);
            installation.task(target, "running");
            leaving.stop();
        }

        try (var _ = installation.worker(slow)) {
            // it is ready: to wait for the lease would take three times as long
            await().atMost(Duration.ofSeconds(10)).until(() -> effectOn(target, action));
            assertHappenedOnce(installation.task(target, "done"), action);
        }
    }

    @Test
    void emptyingRedisWithTasksWaitingLosesAndDoublesNothing() {
        var targets = IntStream.range(0, 20)
                .mapToObj(_ -> Action.RESTART_POD.newTarget())
                .toList();
        targets.forEach(target -> installation.fire(Action.RESTART_POD.name(), target));
        targets.forEach(target -> installation.task(target, "queued"));

        RedisCommands.flushAll(installation.servers());

        try (var _ = installation.worker(Map.of())) {
            targets.forEach(target -> assertHappenedOnce(installation.task(target, "done"), Action.RESTART_POD));
        }
    }

    @Test
    void aDatabaseThatIsKilledTwiceUnderLoadLosesAndDoublesNothing() {
        try (var _ = installation.worker(Map.of());
                var load = new AlertLoad(installation, Action.RESTART_POD.name())) {
            for (var kill = 0; kill < 2; kill++) {
                load.awaitTaken(50);
                installation.servers().killPostgres();
                installation.servers().startPostgres();
            }
            load.end();

            load.assertEachHealedOnce();
            load.assertRefusedForNowOnly();
        }
    }

    private static void holdTheAnswer(Action action, String target, Duration howLong) {
        var verb = switch (action) {
            case RESTART_POD -> "create";
            case RESTART_DEPLOYMENT -> "patch";
            case SCALE_DEPLOYMENT -> "update";
        };
        installation
                .cluster()
                .faults()
                .inject(FaultRule.once(verb, target, FaultKind.LATE_REPLY).after(howLong));
    }

    private static boolean effectOn(String target, Action action) {
        return installation.cluster().calls().effects(action.effect).containsKey(target);
    }

    private static void assertHappenedOnce(JsonNode task, Action action) {
        var uid = task.path("uid").asText();
        List<Effect> effects = installation.cluster().calls().effectsOf(uid);
        assertThat(effects).extracting(Effect::what).containsExactly(action.effect);
        assertThat(installation
                        .get("/api/audit?action=effect&task=" + task.path("id").asLong())
                        .path("items"))
                .as("entries in the audit log")
                .hasSize(1);
    }
}
