package io.infraai.adapters.kubernetes;

import java.time.Clock;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.Rehearsal;

import static io.infraai.adapters.kubernetes.KubernetesToolTest.answer;
import static io.infraai.adapters.kubernetes.KubernetesToolTest.context;
import static org.assertj.core.api.Assertions.assertThat;

/** Dry runs at a real API server: it says what it would do, refuses what it would refuse, and keeps nothing. */
class RealRehearsalsLabTest extends RealClusterTest {

    @Test
    void whatTheServerWouldDoIsAcceptedAndNothingIsDone() {
        lab.deployment("web", 2);
        var before = uidsOf("web");
        var deployment = lab.apps("deployments/web");
        var generation = admin.get(deployment).at("/metadata/generation");

        var scale = new ScaleDeployment(clusters);
        var four = new ScaleDeployment.Parameters("web", 4, namespace, null, null);
        accepted(answer(scale.rehearse(
                four, answer(scale.identify(four, context())).found().orElseThrow(), context())));
        var restart = new RestartDeployment(clusters, Clock.systemUTC());
        var all = new RestartDeployment.Parameters("web", namespace, null, null);
        var observed = accepted(answer(restart.rehearse(
                all, answer(restart.identify(all, context())).found().orElseThrow(), context())));
        var delete = new DeleteResource(new NamedObjects(clusters));
        admin.create(lab.core("configmaps"), "{\"metadata\":{\"name\":\"settings\"}}");
        var gone = new DeleteResource.Parameters("configmap", "settings", namespace, null, null);
        accepted(answer(delete.rehearse(
                gone, answer(delete.identify(gone, context())).found().orElseThrow(), context())));
        var evict = new RestartPod(clusters);
        var pod = new RestartPod.Parameters(name(lab.pods("web").getFirst()), namespace, null);
        accepted(answer(evict.rehearse(
                pod, answer(evict.identify(pod, context())).found().orElseThrow(), context())));

        assertThat(observed.path("ready_replicas").asInt()).isEqualTo(2);
        assertThat(observed.path("conditions").toString()).contains("Available=True");
        assertThat(admin.get(deployment).at("/metadata/generation")).isEqualTo(generation);
        assertThat(uidsOf("web")).isEqualTo(before);
        assertThat(admin.find(lab.core("configmaps/settings"))).isPresent();
    }

    @Test
    void anEvictionThatABudgetForbidsIsRefusedBeforeAnybodyIsAsked() {
        lab.deployment("web", 1);
        lab.budget("web", 1);
        var evict = new RestartPod(clusters);
        var pod = new RestartPod.Parameters(name(lab.pods("web").getFirst()), namespace, null);
        var target = answer(evict.identify(pod, context())).found().orElseThrow();

        assertThat(answer(evict.rehearse(pod, target, context())))
                .isInstanceOfSatisfying(
                        Rehearsal.Refused.class,
                        refused -> assertThat(refused.failure().reason()).isEqualTo(FailureReason.REFUSED_FOR_NOW));
    }

    @Test
    void whatAQuotaForbidsIsRefusedWithTheServersWords() {
        admin.create(lab.core("resourcequotas"), """
                {"metadata":{"name":"none"},"spec":{"hard":{"configmaps":"0"}}}""");
        soon().until(() -> admin.get(lab.core("resourcequotas/none"))
                .at("/status/hard/configmaps")
                .isTextual());
        var create = new CreateResource(new NamedObjects(clusters));
        var wanted = new CreateResource.Parameters("configmap", "settings", namespace, null, "{}", null);

        assertThat(answer(create.identify(wanted, context())).found()).isEmpty();
        assertThat(answer(create.rehearse(wanted, new CreateResource.Gap("v1", "configmaps"), context())))
                .isInstanceOfSatisfying(
                        Rehearsal.Refused.class,
                        refused -> assertThat(refused.failure().message()).contains("exceeded quota: none"));
    }

    @Test
    void whatIsSoAlreadyNeedsNobodysLeave() {
        lab.deployment("web", 2);
        var scale = new ScaleDeployment(clusters);
        var two = new ScaleDeployment.Parameters("web", 2, namespace, null, null);

        assertThat(answer(scale.rehearse(
                        two, answer(scale.identify(two, context())).found().orElseThrow(), context())))
                .isInstanceOf(Rehearsal.Needless.class);
    }

    private static JsonNode accepted(Rehearsal rehearsal) {
        assertThat(rehearsal).isInstanceOf(Rehearsal.Possible.class);
        var possible = (Rehearsal.Possible) rehearsal;
        assertThat(possible.dryRun())
                .hasValueSatisfying(said -> assertThat(said).contains("dryRun=All"));
        assertThat(possible.observed().path("events").isArray()).isTrue();
        return possible.observed();
    }
}
