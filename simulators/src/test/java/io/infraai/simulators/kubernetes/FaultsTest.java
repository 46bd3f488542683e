package io.infraai.simulators.kubernetes;

import java.time.Duration;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

class FaultsTest extends ClusterTest {

    @Test
    void aLostReplyHidesThatThePodWasDeleted() {
        var victim = anyPod("shop", "web");
        cluster.faults().inject(FaultRule.once("delete", "/pods/", FaultKind.LOST_REPLY));

        assertThat(catchThrowable(() -> delete(victim))).isInstanceOf(KubernetesClientException.class);

        var call = cluster.calls().deletionsOf(victim.getMetadata().getUid());
        assertThat(call).hasSize(1);
        assertThat(call.getFirst().status()).isZero();
        assertThat(call.getFirst().fault()).isEqualTo(FaultKind.LOST_REPLY);
        assertThat(call.getFirst().end()).isNotNull();
    }

    @Test
    void aLostRequestChangesNothing() {
        cluster.faults().inject(FaultRule.once("delete", "/pods/", FaultKind.LOST_REQUEST));

        assertThat(catchThrowable(() -> delete(anyPod("shop", "web")))).isInstanceOf(KubernetesClientException.class);

        assertThat(cluster.calls().effects()).isEmpty();
    }

    @Test
    void anErrorBeforeChangesNothingAndCanAskToWait() {
        cluster.faults()
                .inject(FaultRule.once("*", "/pods/", FaultKind.ERROR_BEFORE)
                        .answering(429)
                        .after(Duration.ofSeconds(3)));

        assertThat(refusal(() -> delete(anyPod("shop", "web")))).containsExactly(429, "TooManyRequests");

        assertThat(cluster.calls().effects()).isEmpty();
    }

    @Test
    void anErrorAfterHidesTheEffect() {
        cluster.faults().inject(FaultRule.once("delete", "/pods/", FaultKind.ERROR_AFTER));

        assertThat(refusal(() -> delete(anyPod("shop", "web")))).containsExactly(500, "InternalError");

        assertThat(cluster.calls().effects()).hasSize(1);
    }

    @Test
    void aRuleStrikesAsOftenAsItSays() {
        cluster.faults()
                .inject(FaultRule.once("list", "/pods$", FaultKind.ERROR_BEFORE)
                        .answering(503)
                        .times(2));

        assertThat(refused(() -> pods("shop", "web")).getCode()).isEqualTo(503);
        assertThat(refused(() -> pods("shop", "web")).getCode()).isEqualTo(503);
        assertThat(pods("shop", "web")).hasSize(3);
        assertThat(cluster.faults().pending()).isEmpty();
    }

    @Test
    void aSlowCallIsAppliedAfterItsDelay() {
        var victim = anyPod("shop", "web");
        cluster.faults()
                .inject(FaultRule.once("delete", "/pods/", FaultKind.LATENCY).after(Duration.ofMillis(80)));

        delete(victim);

        var call = cluster.calls().deletionsOf(victim.getMetadata().getUid()).getFirst();
        var end = call.end();
        assertThat(end).isNotNull();
        assertThat(Duration.between(call.start(), end)).isGreaterThanOrEqualTo(Duration.ofMillis(75));
    }

    @Test
    void aHangingCallStaysOpenAndChangesNothing() {
        cluster.faults().inject(FaultRule.once("delete", "/pods/", FaultKind.HANG));
        var impatient = client.adapt(NamespacedKubernetesClient.class);

        assertThat(catchThrowable(() -> impatient
                        .withRequestConfig(new RequestConfigBuilder()
                                .withRequestTimeout(150)
                                .withRequestRetryBackoffLimit(0)
                                .build())
                        .call(hurried -> hurried.resource(anyPodOf()).delete())))
                .isInstanceOf(KubernetesClientException.class);

        assertThat(cluster.calls().last().orElseThrow().end()).isNull();
        assertThat(cluster.calls().effects()).isEmpty();
    }

    @Test
    void htmlAndHalfAnswersAreNoObjects() {
        cluster.faults().inject(FaultRule.once("list", "/pods$", FaultKind.HTML));
        assertThat(catchThrowable(() -> pods("shop", "web"))).isInstanceOf(KubernetesClientException.class);

        cluster.faults().inject(FaultRule.once("list", "/pods$", FaultKind.HALF_ANSWER));
        assertThat(catchThrowable(() -> pods("shop", "web"))).isInstanceOf(KubernetesClientException.class);
    }

    private Pod anyPodOf() {
        var json = cluster.objects("pods", "shop").getFirst();
        return Serialization.unmarshal(json.toString(), Pod.class);
    }

    private void delete(Pod pod) {
        client.resource(pod).delete();
    }
}
