package io.infraai.adapters.kubernetes;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.Settlement;
import io.infraai.contracts.tool.Tool.Identified;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolResult.Failed;

import static io.infraai.adapters.kubernetes.KubernetesToolTest.answer;
import static io.infraai.adapters.kubernetes.KubernetesToolTest.context;
import static io.infraai.adapters.kubernetes.KubernetesToolTest.done;
import static io.infraai.adapters.kubernetes.KubernetesToolTest.failed;
import static org.assertj.core.api.Assertions.assertThat;

/** Objects of any kind, custom resources among them: read, made, patched, deleted. */
class RealObjectsLabTest extends RealClusterTest {

    private static final String DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

    private NamedObjects objects;

    @BeforeEach
    void defineAKind() {
        objects = new NamedObjects(clusters);
        if (admin.find(DEFINITIONS + "/widgets.lab.example.com").isEmpty()) {
            admin.create(DEFINITIONS, """
                    {"metadata":{"name":"widgets.lab.example.com"},
                     "spec":{"group":"lab.example.com","scope":"Namespaced",
                       "names":{"plural":"widgets","singular":"widget","kind":"Widget"},
                       "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object",
                         "properties":{"spec":{"type":"object","properties":{"size":{"type":"integer","maximum":10}}}}}}}]}}""");
        }
        soon().until(() -> admin.find("/apis/lab.example.com/v1/namespaces/" + namespace + "/widgets")
                .isPresent());
    }

    @Test
    void aCustomResourceIsCreatedReadPatchedAndDeleted() {
        var create = new CreateResource(objects);
        var wanted = new CreateResource.Parameters("widget", "w", namespace, null, "{\"spec\":{\"size\":1}}", null);
        var gap = answer(create.identify(wanted, context())).found().orElseThrow();
        assertThat(admin.find(widget())).isEmpty();
        assertThat(answer(create.apply(wanted, gap, context()))).isInstanceOf(Done.class);
        assertThat(answer(create.apply(wanted, gap, context()))).isInstanceOf(Done.class);

        assertThat(done(new GetResource(objects)
                                .read(new GetResource.Parameters("widget", "w", namespace, null, null), context()))
                        .detail()
                        .at("/spec/size")
                        .asInt())
                .isEqualTo(1);

        var patch = new PatchResource(objects);
        var larger = patch("widget", "w", "{\"spec\":{\"size\":2}}");
        var seen = answer(patch.identify(larger, context())).found().orElseThrow();
        assertThat(admin.get(widget()).at("/spec/size").asInt()).isEqualTo(1);
        assertThat(answer(patch.apply(larger, seen, context()))).isInstanceOf(Done.class);
        assertThat(answer(patch.apply(larger, seen, context()))).isInstanceOf(Done.class);
        assertThat(admin.get(widget()).at("/spec/size").asInt()).isEqualTo(2);
        assertThat(admin.get(widget()).at("/metadata/generation").asInt()).isEqualTo(2);

        var delete = new DeleteResource(objects);
        var gone = new DeleteResource.Parameters("widget", "w", namespace, null, null);
        var doomed = answer(delete.identify(gone, context())).found().orElseThrow();
        assertThat(answer(delete.apply(gone, doomed, context()))).isInstanceOf(Done.class);
        assertThat(answer(delete.settle(gone, doomed, context()))).isInstanceOf(Settlement.Happened.class);
        assertThat(admin.find(widget())).isEmpty();
    }

    @Test
    void objectsOfAnyKindAreListed() {
        lab.deployment("web", 2);

        var listed = done(new ListResources(clusters)
                .read(new ListResources.Parameters("deployment", namespace, "app!=db", null, null), context()));

        assertThat(listed.summary()).isEqualTo("1 of kind deployment");
        assertThat(listed.detail().at("/items/0/ready_replicas").asInt()).isEqualTo(2);
    }

    @Test
    void whatTheServerWouldRefuseIsRefusedBeforeAnythingIsChanged() {
        admin.create(
                "/apis/lab.example.com/v1/namespaces/" + namespace + "/widgets",
                "{\"kind\":\"Widget\",\"apiVersion\":\"lab.example.com/v1\",\"metadata\":{\"name\":\"w\"},\"spec\":{\"size\":1}}");

        var tooLarge = failure(answer(
                new PatchResource(objects).identify(patch("widget", "w", "{\"spec\":{\"size\":11}}"), context())));
        var noSize = failure(answer(new CreateResource(objects)
                .identify(
                        new CreateResource.Parameters(
                                "widget", "x", namespace, null, "{\"spec\":{\"size\":\"big\"}}", null),
                        context())));

        assertThat(tooLarge.reason()).isEqualTo(FailureReason.INVALID_PARAMETERS);
        assertThat(tooLarge.message()).contains("spec.size", "less than or equal to 10");
        assertThat(noSize.reason()).isEqualTo(FailureReason.INVALID_PARAMETERS);
        assertThat(admin.get(widget()).at("/spec/size").asInt()).isEqualTo(1);
    }

    @Test
    void aPatchForAnEarlierSelfOfItsTargetIsNotMade() {
        admin.create(lab.core("configmaps"), "{\"metadata\":{\"name\":\"settings\"},\"data\":{\"size\":\"1\"}}");
        lab.deployment("web", 1);
        var tool = new PatchResource(objects);
        var colour = patch("configmap", "settings", "{\"data\":{\"colour\":\"blue\"}}");
        var paused = patch("deployment", "web", "{\"spec\":{\"minReadySeconds\":5}}");
        var settings = answer(tool.identify(colour, context())).found().orElseThrow();
        var web = answer(tool.identify(paused, context())).found().orElseThrow();
        admin.merge(lab.core("configmaps/settings"), "{\"data\":{\"size\":\"2\"}}");
        admin.merge(lab.apps("deployments/web"), "{\"spec\":{\"replicas\":2}}");

        assertThat(failed(tool.apply(colour, settings, context())).reason()).isEqualTo(FailureReason.TARGET_CHANGED);
        assertThat(failed(tool.apply(paused, web, context())).reason()).isEqualTo(FailureReason.TARGET_CHANGED);
        assertThat(admin.get(lab.core("configmaps/settings")).path("data").has("colour"))
                .isFalse();
        assertThat(admin.get(lab.apps("deployments/web")).path("spec").has("minReadySeconds"))
                .isFalse();
    }

    @Test
    void aStatusThatMovedMeanwhileDoesNotStandInTheWay() {
        lab.deployment("web", 1);
        var tool = new PatchResource(objects);
        var patch = patch("deployment", "web", "{\"spec\":{\"minReadySeconds\":5}}");
        var target = answer(tool.identify(patch, context())).found().orElseThrow();
        admin.delete(lab.core("pods/" + name(lab.pods("web").getFirst())));
        soon().until(() -> !admin.get(lab.apps("deployments/web"))
                .at("/metadata/resourceVersion")
                .asText()
                .equals(target.resourceVersion()));

        assertThat(answer(tool.apply(patch, target, context()))).isInstanceOf(Done.class);
        assertThat(admin.get(lab.apps("deployments/web"))
                        .at("/spec/minReadySeconds")
                        .asInt())
                .isEqualTo(5);
    }

    @Test
    void whatTookTheNameOfADeletedObjectIsNotDeleted() {
        admin.create(lab.core("configmaps"), "{\"metadata\":{\"name\":\"settings\"}}");
        var tool = new DeleteResource(objects);
        var parameters = new DeleteResource.Parameters("configmap", "settings", namespace, null, null);
        var target = answer(tool.identify(parameters, context())).found().orElseThrow();
        admin.delete(lab.core("configmaps/settings"));
        var namesake = uid(admin.create(lab.core("configmaps"), "{\"metadata\":{\"name\":\"settings\"}}"));

        var result = answer(tool.apply(parameters, target, context()));

        assertThat(uid(admin.get(lab.core("configmaps/settings")))).isEqualTo(namesake);
        assertThat(result).isInstanceOf(Done.class);
    }

    @Test
    void theServerItselfRefusesToDeleteAnotherThanTheOneThatWasMeant() {
        admin.create(lab.core("configmaps"), "{\"metadata\":{\"name\":\"settings\"}}");
        var parameters = new DeleteResource.Parameters("configmap", "settings", namespace, null, null);

        var refused = failed(objects.result(parameters, context(), (api, place) -> {
            api.delete(place, "11111111-2222-3333-4444-555555555555", false);
            return new Done("Deleted " + place.shown());
        }));

        assertThat(refused.reason()).isEqualTo(FailureReason.TARGET_CHANGED);
        assertThat(admin.find(lab.core("configmaps/settings"))).isPresent();
    }

    private PatchResource.Parameters patch(String kind, String name, String patch) {
        return new PatchResource.Parameters(kind, name, patch, namespace, null, null, null);
    }

    private String widget() {
        return "/apis/lab.example.com/v1/namespaces/" + namespace + "/widgets/w";
    }

    private static Failed failure(Identified<?> looked) {
        return ((Identified.NotFound<?>) looked).failure();
    }
}
