package io.infraai.simulators.kubernetes;

import java.util.List;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RefusalTest extends ClusterTest {

    @Test
    void whatIsDeniedIsForbiddenBeforeItIsLookedUp() {
        var refused = refused(
                () -> client.pods().inNamespace("kube-system").withName("x").delete());

        assertThat(refused.getCode()).isEqualTo(403);
        assertThat(refused.getStatus().getReason()).isEqualTo("Forbidden");
        assertThat(refused.getStatus().getMessage())
                .isEqualTo(
                        "pods \"x\" is forbidden: User \"infraai\" cannot delete resource \"pods\" in API group \"\" in"
                                + " the namespace \"kube-system\"");
    }

    @Test
    void readingWhereWritingIsDeniedIsAllowed() {
        assertThat(client.pods().inNamespace("kube-system").list().getItems()).hasSize(2);
    }

    @Test
    void aDenialCanComeAndGo() {
        cluster.deny(new Denial("patch", "shop"));
        assertThat(refusal(() -> annotate("web"))).containsExactly(403, "Forbidden");

        cluster.allow(new Denial("patch", "shop"));
        annotate("web");
        assertThat(cluster.calls().effects()).hasSize(1);
    }

    @Test
    void anAccessReviewTellsBeforehand() {
        assertThat(allowed("delete", "kube-system")).isFalse();
        assertThat(allowed("delete", "shop")).isTrue();
    }

    @Test
    void aMissingOrWrongBearerIsUnauthorized() {
        cluster.requireBearer(Optional.of("right"));

        assertThat(refusal(() -> client.pods().inNamespace("shop").list())).containsExactly(401, "Unauthorized");
    }

    @Test
    void whatIsMissingIsNotFoundByItsFullName() {
        var refused = refused(() ->
                client.apps().deployments().inNamespace("shop").withName("nope").scale(2));

        assertThat(refused.getCode()).isEqualTo(404);
        assertThat(refused.getStatus().getMessage()).isEqualTo("deployments.apps \"nope\" not found");
        assertThat(refused.getStatus().getDetails().getGroup()).isEqualTo("apps");
    }

    @Test
    void negativeReplicasAreInvalidWithTheirCause() {
        var refused = refused(() -> client.apps()
                .deployments()
                .inNamespace("shop")
                .withName("web")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"replicas\":-1}}"));

        assertThat(refused.getCode()).isEqualTo(422);
        assertThat(refused.getStatus().getMessage())
                .isEqualTo(
                        "Deployment.apps \"web\" is invalid: spec.replicas: Invalid value: -1: must be greater than or"
                                + " equal to 0");
        assertThat(refused.getStatus().getDetails().getCauses())
                .extracting(cause -> List.of(cause.getReason(), cause.getField()))
                .containsExactly(List.of("FieldValueInvalid", "spec.replicas"));
    }

    @Test
    void aSecondObjectOfANameAlreadyExists() {
        var pod = client.pods().inNamespace("shop").withName("migrate-once").get();
        var again = pod.edit()
                .withMetadata(new ObjectMeta())
                .editMetadata()
                .withName("migrate-once")
                .withNamespace("shop")
                .endMetadata()
                .build();

        assertThat(refusal(() -> client.resource(again).create())).containsExactly(409, "AlreadyExists");
    }

    @Test
    void unknownPathsMethodsAndSelectorsAreRefused() {
        assertThat(refusal(() -> client.raw("/apis/batch/v1/jobs", "GET", null)))
                .containsExactly(404, "NotFound");
        assertThat(refusal(() -> client.raw("/api/v1/namespaces/shop/pods/x", "POST", "{}")))
                .containsExactly(405, "MethodNotAllowed");
        assertThat(refusal(() -> client.raw("/api/v1/pods?labelSelector=a%20b%20c", "GET", null)))
                .containsExactly(400, "BadRequest");
        assertThat(refusal(() -> client.raw("/api/v1/pods?fieldSelector=spec.colour=red", "GET", null)))
                .containsExactly(400, "BadRequest");
        assertThat(refusal(() -> client.raw("/api/v1/namespaces/shop/pods", "POST", "{")))
                .containsExactly(400, "BadRequest");
    }

    @Test
    void selectorsPickWhatTheySay() {
        assertThat(names("app=web")).hasSize(3);
        assertThat(names("app!=web")).hasSize(5);
        assertThat(names("app in (web, cart)")).hasSize(5);
        assertThat(names("app notin (web,cart),pod-template-hash")).hasSize(2);
        assertThat(names("!pod-template-hash")).containsExactly("migrate-once");
        assertThat(client.pods()
                        .inAnyNamespace()
                        .withField("metadata.name", "migrate-once")
                        .list()
                        .getItems())
                .hasSize(1);
    }

    @Test
    void aLimitedListGoesOnWhereItStopped() {
        var first = client.pods()
                .inNamespace("shop")
                .list(new ListOptionsBuilder().withLimit(5L).build());
        var rest = client.pods()
                .inNamespace("shop")
                .list(new ListOptionsBuilder()
                        .withLimit(5L)
                        .withContinue(first.getMetadata().getContinue())
                        .build());

        assertThat(first.getItems()).hasSize(5);
        assertThat(rest.getItems()).hasSize(3).doesNotContainAnyElementsOf(first.getItems());
        assertThat(rest.getMetadata().getContinue()).isNull();

        cluster.delete("pods", "shop", "migrate-once");
        cluster.compact();
        assertThat(refusal(() -> client.pods()
                        .inNamespace("shop")
                        .list(new ListOptionsBuilder()
                                .withContinue(first.getMetadata().getContinue())
                                .build())))
                .containsExactly(410, "Expired");
    }

    @Test
    void discoveryListsTheGroupsAndResources() {
        assertThat(client.getKubernetesVersion().getMinor()).isEqualTo("34");
        assertThat(client.getApiGroups().getGroups())
                .extracting(group -> group.getName())
                .contains("apps", "policy");
        assertThat(client.getApiResources("policy/v1").getResources())
                .extracting(resource -> resource.getName())
                .contains("poddisruptionbudgets");
        assertThat(client.nodes().list().getItems()).hasSize(3);
    }

    private List<String> names(String selector) {
        return client.pods().inNamespace("shop").withLabelSelector(selector).list().getItems().stream()
                .map(pod -> pod.getMetadata().getName())
                .toList();
    }

    private void annotate(String deployment) {
        client.apps()
                .deployments()
                .inNamespace("shop")
                .withName(deployment)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"annotations\":{\"a\":\"b\"}}}");
    }

    private boolean allowed(String verb, String namespace) {
        var review = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withVerb(verb)
                .withNamespace(namespace)
                .withResource("pods")
                .endResourceAttributes()
                .endSpec()
                .build();
        return client.authorization()
                .v1()
                .selfSubjectAccessReview()
                .create(review)
                .getStatus()
                .getAllowed();
    }
}
