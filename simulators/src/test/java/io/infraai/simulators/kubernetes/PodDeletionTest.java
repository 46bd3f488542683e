package io.infraai.simulators.kubernetes;

import java.time.Duration;

import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.EvictionBuilder;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

class PodDeletionTest extends ClusterTest {

    /** Long enough that a pod is still terminating when it is deleted for the second time. */
    @Override
    ClusterConfig config() {
        return super.config().withTerminationGrace(Duration.ofSeconds(1));
    }

    @Test
    void aDeletedPodIsReplacedByOneWithAnotherUid() {
        var before = pods("shop", "web");
        var victim = before.getFirst();

        client.resource(victim).delete();
        settled("shop", "web", 3);

        assertThat(pods("shop", "web"))
                .hasSize(3)
                .extracting(pod -> pod.getMetadata().getUid())
                .doesNotContain(victim.getMetadata().getUid())
                .contains(before.get(1).getMetadata().getUid());
    }

    @Test
    void aTerminatingPodLingersThenIsGone() {
        var victim = anyPod("shop", "cart");
        client.resource(victim).delete();

        assertThat(client.resource(victim).get().getMetadata().getDeletionTimestamp())
                .isNotNull();
        await().atMost(Duration.ofSeconds(2))
                .until(() -> client.resource(victim).get() == null);
    }

    @Test
    void aBarePodStaysGone() {
        client.pods()
                .inNamespace("shop")
                .withName("migrate-once")
                .withGracePeriod(0)
                .delete();

        assertThat(client.pods().inNamespace("shop").withName("migrate-once").get())
                .isNull();
    }

    @Test
    void aMatchingUidPreconditionIsMet() {
        var victim = anyPod("shop", "web");

        deleteWithUid(victim, victim.getMetadata().getUid());

        var call = cluster.calls().deletionsOf(victim.getMetadata().getUid());
        assertThat(call).hasSize(1);
        assertThat(call.getFirst().preconditionUid())
                .isEqualTo(victim.getMetadata().getUid());
    }

    @Test
    void anotherUidIsAConflictAndDeletesNothing() {
        var victim = anyPod("shop", "web");
        var other = "11111111-2222-4333-8444-555555555555";

        var refused = refused(() -> deleteWithUid(victim, other));

        assertThat(refused.getCode()).isEqualTo(409);
        assertThat(refused.getStatus().getReason()).isEqualTo("Conflict");
        assertThat(refused.getMessage())
                .contains("Operation cannot be fulfilled on Pod \"%s\""
                        .formatted(victim.getMetadata().getName()))
                .contains("does not match the UID in record (%s)"
                        .formatted(victim.getMetadata().getUid()));
        assertThat(cluster.calls().effects()).isEmpty();
    }

    @Test
    void aStaleVersionPreconditionIsAConflict() {
        var victim = anyPod("shop", "web");
        var name = victim.getMetadata().getName();

        assertThat(refusal(() -> client.pods()
                        .inNamespace("shop")
                        .withName(name)
                        .lockResourceVersion("1")
                        .delete()))
                .containsExactly(409, "Conflict");
    }

    @Test
    void deletingTwiceHasOneEffect() {
        var victim = anyPod("shop", "web");
        var uid = victim.getMetadata().getUid();

        deleteWithUid(victim, uid);
        deleteWithUid(victim, uid);
        evict(victim, uid);

        assertThat(cluster.calls().deletionsOf(uid)).hasSize(1);
        assertThat(cluster.calls().effectsOf(TASK))
                .extracting(Effect::what, Effect::uid, Effect::detail)
                .containsExactly(tuple(Effect.What.POD_DELETED, uid, "deleted"));
    }

    @Test
    void deletingWhatIsGoneIsNotFound() {
        var victim = anyPod("shop", "web");
        client.resource(victim).withGracePeriod(0).delete();

        assertThat(client.pods()
                        .inNamespace("shop")
                        .withName(victim.getMetadata().getName())
                        .delete())
                .isEmpty();
        assertThat(cluster.calls().last().orElseThrow().status()).isEqualTo(404);
    }

    @Test
    void anEvictionWithinTheBudgetReplacesThePod() {
        var victim = anyPod("shop", "web");

        assertThat(client.pods()
                        .inNamespace("shop")
                        .withName(victim.getMetadata().getName())
                        .evict())
                .isTrue();

        assertThat(cluster.calls().effects().getLast().effects())
                .extracting(Effect::detail)
                .containsExactly("evicted");
        settled("shop", "web", 3);
    }

    @Test
    void anEvictionAgainstTheBudgetIsRefusedWithItsCause() {
        settled("payments", "ledger", 1);
        var only = anyPod("payments", "ledger");

        var refused = refused(() -> evict(only, only.getMetadata().getUid()));

        assertThat(refused.getCode()).isEqualTo(429);
        assertThat(refused.getStatus().getReason()).isEqualTo("TooManyRequests");
        assertThat(refused.getStatus().getDetails().getCauses())
                .singleElement()
                .satisfies(cause -> assertThat(cause.getReason()).isEqualTo("DisruptionBudget"))
                .satisfies(cause -> assertThat(cause.getMessage())
                        .isEqualTo("The disruption budget ledger needs 1 healthy pods and has 1 currently"));
        assertThat(cluster.calls().effects()).isEmpty();
    }

    @Test
    void aSecondEvictionMustWaitUntilTheFirstIsReplaced() {
        var pods = pods("shop", "web");
        evict(pods.get(0), pods.get(0).getMetadata().getUid());

        var second = pods.get(1);
        assertThat(refused(() -> evict(second, second.getMetadata().getUid())).getCode())
                .isEqualTo(429);

        settled("shop", "web", 3);
        evict(second, second.getMetadata().getUid());
        assertThat(cluster.calls().effects()).hasSize(2);
    }

    @Test
    void anIllPodMayBeEvictedWhileEnoughOthersAreWell() {
        var pods = pods("shop", "web");
        var ill = pods.getFirst();
        cluster.breakPod("shop", ill.getMetadata().getName(), Breakage.CRASH_LOOP_BACK_OFF, Heals.BY_RESTART);

        assertThat(refused(() -> evict(pods.get(1), pods.get(1).getMetadata().getUid()))
                        .getCode())
                .isEqualTo(429);
        evict(ill, ill.getMetadata().getUid());

        assertThat(cluster.calls().deletionsOf(ill.getMetadata().getUid())).hasSize(1);
    }

    @Test
    void anEvictionOfAnotherUidIsAConflict() {
        var victim = anyPod("shop", "web");

        assertThat(refused(() -> evict(victim, "11111111-2222-4333-8444-555555555555"))
                        .getCode())
                .isEqualTo(409);
        assertThat(cluster.calls().effects()).isEmpty();
    }

    @Test
    void aDryRunOfADeletionChangesNothing() {
        var victim = anyPod("shop", "web");
        var before = cluster.object("pods", "shop", victim.getMetadata().getName());

        client.resource(victim).dryRun().delete();

        assertThat(cluster.object("pods", "shop", victim.getMetadata().getName()))
                .isEqualTo(before);
        assertThat(cluster.calls().effects()).isEmpty();
    }

    private void deleteWithUid(Pod pod, String uid) {
        var path = "/api/v1/namespaces/%s/pods/%s"
                .formatted(pod.getMetadata().getNamespace(), pod.getMetadata().getName());
        client.raw(path, "DELETE", onlyIf(uid));
    }

    private void evict(Pod pod, String uid) {
        var eviction = new EvictionBuilder()
                .withNewMetadata()
                .withName(pod.getMetadata().getName())
                .endMetadata()
                .withDeleteOptions(onlyIf(uid))
                .build();
        var path = "/api/v1/namespaces/%s/pods/%s/eviction"
                .formatted(pod.getMetadata().getNamespace(), pod.getMetadata().getName());
        client.raw(path, "POST", eviction);
    }

    private static DeleteOptions onlyIf(String uid) {
        return new DeleteOptionsBuilder()
                .withNewPreconditions()
                .withUid(uid)
                .endPreconditions()
                .build();
    }
}
