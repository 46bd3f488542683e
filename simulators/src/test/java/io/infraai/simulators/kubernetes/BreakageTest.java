package io.infraai.simulators.kubernetes;

import java.time.Duration;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class BreakageTest extends ClusterTest {

    @Test
    void aCrashLoopingPodLooksAsTheKubeletWritesIt() {
        var pod = broken(Breakage.CRASH_LOOP_BACK_OFF, Heals.BY_RESTART);

        assertThat(pod.getStatus().getPhase()).isEqualTo("Running");
        var container = pod.getStatus().getContainerStatuses().getFirst();
        assertThat(container.getReady()).isFalse();
        assertThat(container.getRestartCount()).isEqualTo(5);
        assertThat(container.getState().getWaiting().getReason()).isEqualTo("CrashLoopBackOff");
        assertThat(container.getState().getWaiting().getMessage()).startsWith("back-off ");
        assertThat(container.getLastState().getTerminated().getExitCode()).isEqualTo(1);
        assertThat(pod.getStatus().getConditions())
                .filteredOn(condition -> condition.getType().equals("Ready"))
                .extracting(condition -> condition.getStatus() + condition.getReason())
                .containsExactly("FalseContainersNotReady");
    }

    @Test
    void aPodOutOfMemoryWasKilledWithItsExitCode() {
        var pod = broken(Breakage.OOM_KILLED, Heals.BY_RESTART);

        var last =
                pod.getStatus().getContainerStatuses().getFirst().getLastState().getTerminated();
        assertThat(last.getReason()).isEqualTo("OOMKilled");
        assertThat(last.getExitCode()).isEqualTo(137);
        assertThat(client.resource(pod).inNamespace("shop").get()).isNotNull();
        assertThat(client.pods()
                        .inNamespace("shop")
                        .withName(pod.getMetadata().getName())
                        .getLog())
                .contains("OutOfMemoryError");
    }

    @Test
    void aPodThatIsNotReadyStillRuns() {
        var pod = broken(Breakage.NOT_READY, Heals.BY_RESTART);

        assertThat(pod.getStatus().getContainerStatuses().getFirst().getState().getRunning())
                .isNotNull();
        assertThat(available()).isEqualTo(2);
    }

    @Test
    void whatARestartHealsIsReplacedByAHealthyPod() {
        client.resource(broken(Breakage.CRASH_LOOP_BACK_OFF, Heals.BY_RESTART)).delete();

        settled("shop", "web", 3);
    }

    @Test
    void whatNothingHealsIsReplacedByABrokenPodUntilItIsHealed() {
        var pod = broken(Breakage.CRASH_LOOP_BACK_OFF, Heals.NEVER);
        client.resource(pod).delete();

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(pods("shop", "web"))
                        .filteredOn(each -> !pod.getMetadata()
                                .getUid()
                                .equals(each.getMetadata().getUid()))
                        .filteredOn(BreakageTest::crashLooping)
                        .hasSize(1));
        assertThat(available()).isEqualTo(2);

        cluster.healDeployment("shop", "web");
        settled("shop", "web", 3);
    }

    @Test
    void aDeploymentThatNothingHealsDoesNotFinishItsRollout() {
        cluster.breakDeployment("shop", "web", Breakage.CRASH_LOOP_BACK_OFF, Heals.NEVER);
        client.apps()
                .deployments()
                .inNamespace("shop")
                .withName("web")
                .rolling()
                .restart();

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(
                        () -> assertThat(pods("shop", "web")).isNotEmpty().allMatch(BreakageTest::crashLooping));
        assertThat(available()).isZero();
    }

    @Test
    void breakingAndDeletingLeavesEvents() {
        var pod = broken(Breakage.CRASH_LOOP_BACK_OFF, Heals.BY_RESTART);
        client.resource(pod).delete();

        var about = client.v1()
                .events()
                .inNamespace("shop")
                .withField("involvedObject.name", pod.getMetadata().getName())
                .list()
                .getItems();
        assertThat(about).extracting(Event::getReason).contains("Scheduled", "Started", "BackOff", "Killing");
    }

    private Pod broken(Breakage how, Heals heals) {
        var name = anyPod("shop", "web").getMetadata().getName();
        cluster.breakPod("shop", name, how, heals);
        return client.pods().inNamespace("shop").withName(name).get();
    }

    private int available() {
        return Json.at(cluster.object("deployments", "shop", "web").orElseThrow(), "status", "availableReplicas")
                .asInt();
    }

    private static boolean crashLooping(Pod pod) {
        var waiting =
                pod.getStatus().getContainerStatuses().getFirst().getState().getWaiting();
        return waiting != null && waiting.getReason().equals("CrashLoopBackOff");
    }
}
