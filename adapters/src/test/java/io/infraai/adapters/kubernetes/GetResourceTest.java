package io.infraai.adapters.kubernetes;

import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.infraai.adapters.kubernetes.GetResource.Parameters;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;

import static org.assertj.core.api.Assertions.assertThat;

class GetResourceTest extends KubernetesToolTest {

    @Test
    void aCustomResourceIsReadWithoutAnythingKnowingItsKind() {
        cluster.create("scaledobjects", "shop", json("""
                {"metadata":{"name":"cart"},"spec":{"maxReplicaCount":5}}"""));

        var read = done(get("scaledobject", "cart", "shop"));

        assertThat(read.detail().at("/spec/maxReplicaCount").asInt()).isEqualTo(5);
    }

    @Test
    void aKindIsLookedForOnceOnly() {
        answer(get("deployment", "cart", "shop"));
        cluster.calls().clear();

        answer(get("deployment", "web", "shop"));

        assertThat(cluster.calls().all()).hasSize(1);
    }

    @Test
    void whatASecretHoldsStaysInTheCluster() {
        cluster.create("secrets", "shop", json("""
                {"metadata":{"name":"login","annotations":{
                   "kubectl.kubernetes.io/last-applied-configuration":"{\\"data\\":{\\"password\\":\\"aHVudGVyMg==\\"}}"}},
                 "stringData":{"password":"hunter2"}}"""));

        var read = done(get("secret", "login", "shop"));

        assertThat(read.detail().at("/data/password").asText()).isEqualTo(ShownObject.REDACTED);
        assertThat(read.toString()).doesNotContain("hunter2", "aHVudGVyMg");
    }

    @Test
    void anUnknownNameIsNotFoundAndAnUnknownKindIsAnError() {
        assertThat(failed(get("deployment", "nope", "shop")).reason()).isEqualTo(FailureReason.TARGET_NOT_FOUND);
        assertThat(failed(get("deployment", "cart", "payments")).reason()).isEqualTo(FailureReason.TARGET_NOT_FOUND);

        var unknown = failed(get("deployments", "cart", "shop"));

        assertThat(unknown.reason()).isEqualTo(FailureReason.INVALID_PARAMETERS);
        assertThat(unknown.message()).contains("serves no deployments", "singular");
    }

    @Test
    void aNamespaceMustBeNamedWhereThereIsOneAndOnlyThere() {
        assertThat(failed(get("pod", "cart", null)).reason()).isEqualTo(FailureReason.INVALID_PARAMETERS);
        assertThat(failed(get("node", "node-1", "shop")).reason()).isEqualTo(FailureReason.INVALID_PARAMETERS);
        assertThat(answer(get("node", "node-1", null))).isInstanceOf(Done.class);
    }

    @Test
    void whatIsTooLongIsShortened() {
        cluster.create("configmaps", "shop", json("""
                {"metadata":{"name":"long"},"data":{"text":"%s"}}""".formatted("x".repeat(10_000))));

        var read = done(get("configmap", "long", "shop"));

        assertThat(read.detail().at("/data/text").asText())
                .hasSizeLessThan(2_100)
                .endsWith("8000 characters more");
    }

    private Uni<ToolResult> get(String kind, String name, @Nullable String namespace) {
        return new GetResource(new NamedObjects(clusters))
                .read(new Parameters(kind, name, namespace, null, null), context());
    }
}
