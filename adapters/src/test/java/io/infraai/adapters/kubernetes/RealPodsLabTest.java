package io.infraai.adapters.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.infraai.adapters.tool.NotedAssets;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.Tool.Identified;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.testkit.asset.RememberedAssets;

import static io.infraai.adapters.kubernetes.KubernetesToolTest.answer;
import static io.infraai.adapters.kubernetes.KubernetesToolTest.context;
import static io.infraai.adapters.kubernetes.KubernetesToolTest.done;
import static io.infraai.adapters.kubernetes.KubernetesToolTest.failed;
import static org.assertj.core.api.Assertions.assertThat;

/** Pods, and who may do what to them. */
class RealPodsLabTest extends RealClusterTest {

    @TempDir
    Path files;

    @Test
    void podsAreListedWithWhatKeepsThemFromRunning() {
        lab.deployment("web", 2);
        lab.crashingPod("crashes");
        var pods = new ListPods(clusters);
        var here = new ListPods.Parameters(namespace, null, null);
        soon().until(() -> done(pods.read(here, context())).summary().equals("3 pods, 1 of them not ready"));

        var listed = done(pods.read(here, context())).detail().path("pods");

        assertThat(listed)
                .filteredOn(pod -> pod.path("name").asText().equals("crashes"))
                .singleElement()
                .satisfies(pod -> {
                    assertThat(pod.path("reason").asText()).isEqualTo("CrashLoopBackOff");
                    assertThat(pod.path("restarts").asInt()).isEqualTo(7);
                    assertThat(pod.path("node").asText()).startsWith("node-");
                });
        assertThat(done(pods.read(new ListPods.Parameters(namespace, "app=web", null), context()))
                        .summary())
                .isEqualTo("2 pods, 0 of them not ready");
    }

    @Test
    void aPodIsDescribedWithItsOwnersAndEvents() {
        lab.deployment("web", 1);
        var pod = name(lab.pods("web").getFirst());
        var described = done(new DescribeResource(new NamedObjects(clusters))
                .read(new DescribeResource.Parameters("pod", pod, namespace, null, null), context()));

        assertThat(described.detail().path("owners").toString()).contains("ReplicaSet/web-", "Deployment/web");
        assertThat(described.detail().path("conditions").toString()).contains("Ready=True");
        soon().untilAsserted(() -> assertThat(done(new ListEvents(clusters)
                                .read(new ListEvents.Parameters(namespace, null, null, null), context()))
                        .detail()
                        .toString())
                .contains("Successfully assigned", "Scaled up replica set"));
    }

    @Test
    void anEvictedPodIsReplacedAndARepeatEvictsNothingMore() {
        lab.deployment("web", 1);
        var before = lab.pods("web").getFirst();
        var tool = new RestartPod(clusters);
        var parameters = new RestartPod.Parameters(name(before), namespace, null);
        var target = answer(tool.identify(parameters, context())).found().orElseThrow();

        var first = answer(tool.apply(parameters, target, context()));
        soon().until(() -> lab.ready("deployments/web") == 1 && lab.pods("web").size() == 1);
        var after = uid(lab.pods("web").getFirst());
        var second = answer(tool.apply(parameters, target, context()));

        assertThat(target.uid()).isEqualTo(uid(before)).isNotEqualTo(after);
        assertThat(List.of(first, second)).allMatch(Done.class::isInstance);
        assertThat(uid(lab.pods("web").getFirst())).isEqualTo(after);
    }

    @Test
    void aPodThatTookAnothersNameIsNotEvictedInItsPlace() {
        lab.statefulSet("db", 1);
        var tool = new RestartPod(clusters);
        var parameters = new RestartPod.Parameters("db-0", namespace, null);
        var target = answer(tool.identify(parameters, context())).found().orElseThrow();
        admin.delete(lab.core("pods/db-0"));
        soon().until(() -> lab.pods("db").stream().anyMatch(pod -> !uid(pod).equals(target.uid())));
        var namesake = uid(lab.pods("db").getFirst());

        assertThat(done(tool.apply(parameters, target, context())).summary()).isEqualTo("That pod was gone already");
        assertThat(uid(lab.pods("db").getFirst())).isEqualTo(namesake);
    }

    @Test
    void aBudgetRefusesTheEvictionForNow() {
        lab.deployment("web", 1);
        lab.budget("web", 1);
        var tool = new RestartPod(clusters);
        var pod = lab.pods("web").getFirst();
        var parameters = new RestartPod.Parameters(name(pod), namespace, null);
        var target = answer(tool.identify(parameters, context())).found().orElseThrow();

        assertThat(failed(tool.apply(parameters, target, context())).reason()).isEqualTo(FailureReason.REFUSED_FOR_NOW);
        assertThat(lab.pods("web"))
                .singleElement()
                .satisfies(left -> assertThat(uid(left)).isEqualTo(uid(pod)));
    }

    @Test
    void whatTheRoleDoesNotAllowIsNotPermittedWhetherItIsThereOrNot() {
        admin.create(lab.core("secrets"), "{\"metadata\":{\"name\":\"there\"}}");
        var get = new GetResource(new NamedObjects(clusters));

        for (var name : List.of("there", "not-there")) {
            var refused =
                    failed(get.read(new GetResource.Parameters("secret", name, namespace, null, null), context()));
            assertThat(refused.reason()).isEqualTo(FailureReason.NOT_PERMITTED);
            assertThat(refused.message())
                    .contains("User \"infraai\" cannot get resource \"secrets\"", "in the namespace \"" + namespace);
        }
    }

    @Test
    void aWrongTokenIsNotPermittedAndNotRepeated() throws IOException {
        var wrong = clusters(Files.writeString(files.resolve("wrong"), "not-a-token-of-anybody"));

        var refused = failed(new NodeStatus(wrong, new NotedAssets(new RememberedAssets()))
                .read(new NodeStatus.Parameters(null, null), context()));

        wrong.close();
        assertThat(refused.reason()).isEqualTo(FailureReason.NOT_PERMITTED);
        assertThat(refused.message()).contains("Unauthorized").doesNotContain("not-a-token-of-anybody");
    }

    @Test
    void aNameThatIsNoneIsRefusedBeforeTheServerIsAsked() {
        var restart = new RestartPod(clusters);
        var get = new GetResource(new NamedObjects(clusters));
        var before = requests();

        for (var name : List.of("a/b", "..", "../secrets/x", "%2e%2e", "Web", "x".repeat(300), "a b", "a?b")) {
            assertThat(((Identified.NotFound<?>) answer(
                                    restart.identify(new RestartPod.Parameters(name, namespace, null), context())))
                            .failure()
                            .reason())
                    .isEqualTo(FailureReason.INVALID_PARAMETERS);
            assertThat(failed(get.read(new GetResource.Parameters("pod", name, namespace, null, null), context()))
                            .reason())
                    .isEqualTo(FailureReason.INVALID_PARAMETERS);
        }
        assertThat(requests()).isEqualTo(before);
    }

    /** How often our user asked for a pod, as the server counts: nobody else asks for single ones. */
    private long requests() {
        return (long) admin.send("GET", "/metrics", "", "")
                .body()
                .asText()
                .lines()
                .filter(line -> line.startsWith("apiserver_request_total{")
                        && line.contains("resource=\"pods\"")
                        && line.contains("verb=\"GET\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
