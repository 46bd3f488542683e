package io.infraai.adapters.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v1.ScaleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import org.jspecify.annotations.Nullable;

/**
 * One cluster's objects of every kind, as JSON. All methods block, and throw {@link KubernetesClientException} where the server
 * doesn't do what it is asked; {@link KubernetesCalls} carries them and reads the codes.
 */
final class KubernetesApi {

    private static final String FIELD_MANAGER = "infraai";

    private static final String DRY_RUN = "?dryRun=All";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final KubernetesClient client;
    private final KindDiscovery kinds;

    KubernetesApi(KubernetesClient client) {
        this.client = client;
        this.kinds = new KindDiscovery(this);
    }

    KindDiscovery kinds() {
        return kinds;
    }

    /** The object, or what else lies at a path; empty when there is nothing. */
    Optional<ObjectNode> read(String path) {
        return Optional.ofNullable(client.raw(path)).map(KubernetesApi::parsed);
    }

    /** Empty only when the API server itself says so: a proxy that knows no such page tells nothing of the object. */
    Optional<ApiObject> get(ObjectPlace place) {
        try {
            return Optional.of(new ApiObject(parsed(client.raw(place.path(), "GET", null))));
        } catch (KubernetesClientException e) {
            if (e.getCode() != 404) {
                throw e;
            }
            if (e.getStatus() != null && "NotFound".equals(e.getStatus().getReason())) {
                return Optional.empty();
            }
            throw new KubernetesClientException("What answered isn't an API server: it knows no such page");
        }
    }

    /** @param namespace empty for all */
    ApiPage list(ApiKind kind, String namespace, ListQuery query) {
        var list = parsed(client.raw(kind.path(namespace) + query.encoded(), "GET", null));
        var items = new ArrayList<ApiObject>();
        for (var item : list.path("items")) {
            if (item instanceof ObjectNode object) {
                // the server leaves out of a list's items what it says of the list
                items.add(new ApiObject(object.put("kind", kind.kind()).put("apiVersion", kind.apiVersion())));
            }
        }
        var metadata = list.path("metadata");
        var rest = metadata.path("remainingItemCount");
        return new ApiPage(
                items,
                !metadata.path("continue").asText("").isEmpty(),
                rest.isNumber() ? OptionalLong.of(rest.asLong()) : OptionalLong.empty());
    }

    ApiObject create(ObjectPlace place, ObjectNode object, boolean dryRun) {
        var query = "?fieldManager=" + FIELD_MANAGER + (dryRun ? "&dryRun=All" : "");
        return new ApiObject(
                parsed(client.raw(place.kind().path(place.namespace()) + query, "POST", object.toString())));
    }

    /** Two requests: the client reads what it patches first. */
    ApiObject patch(ObjectPlace place, PatchType type, String patch, boolean dryRun) {
        var how = new PatchContext.Builder().withPatchType(type).withFieldManager(FIELD_MANAGER);
        if (dryRun) {
            how.withDryRun(List.of("All"));
        }
        var patched = resource(place).patch(how.build(), patch);
        return new ApiObject(JSON.valueToTree(patched));
    }

    /** Deletes the object only while it has this UID; what it owns goes in the background. */
    void delete(ObjectPlace place, String uid, boolean dryRun) {
        var options = new DeleteOptionsBuilder()
                .withPropagationPolicy("Background")
                .withNewPreconditions()
                .withUid(uid)
                .endPreconditions();
        if (dryRun) {
            options.withDryRun("All");
        }
        parsed(client.raw(place.path(), "DELETE", options.build()));
    }

    /** Through the scale subresource, only while the object has this resource version. */
    void scale(ObjectPlace place, String resourceVersion, int replicas, boolean dryRun) {
        var scale = new ScaleBuilder()
                .withNewMetadata()
                .withNamespace(place.namespace())
                .withName(place.name())
                .withResourceVersion(resourceVersion)
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .endSpec()
                .build();
        parsed(client.raw(place.path() + "/scale" + (dryRun ? DRY_RUN : ""), "PUT", scale));
    }

    /**
     * Through the eviction API, which heeds disruption budgets; never by a plain delete.
     *
     * @return whether the server took it; false when a budget forbids it now
     */
    boolean evict(ObjectPlace pod, String uid, boolean dryRun) {
        var eviction = JSON.createObjectNode().put("kind", "Eviction").put("apiVersion", kinds.eviction());
        eviction.putObject("metadata").put("namespace", pod.namespace()).put("name", pod.name());
        eviction.putObject("deleteOptions").putObject("preconditions").put("uid", uid);
        try {
            client.raw(pod.path() + "/eviction" + (dryRun ? DRY_RUN : ""), "POST", eviction.toString());
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() != 429) {
                throw e;
            }
            return false;
        }
    }

    /** @param query begins with a question mark */
    String log(ObjectPlace pod, String query) {
        return client.raw(pod.path() + "/log" + query, "GET", null);
    }

    private Resource<?> resource(ObjectPlace place) {
        var kind = place.kind();
        var all = client.genericKubernetesResources(new ResourceDefinitionContext.Builder()
                .withGroup(kind.group())
                .withVersion(kind.version())
                .withKind(kind.kind())
                .withPlural(kind.plural())
                .withNamespaced(kind.namespaced())
                .build());
        return kind.namespaced()
                ? all.inNamespace(place.namespace()).withName(place.name())
                : all.withName(place.name());
    }

    /** A proxy's page of HTML comes with a 200 as well. */
    private static ObjectNode parsed(@Nullable String answer) {
        try {
            if (answer != null && JSON.readTree(answer) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException _) {
            // said below: what came instead isn't repeated, since nobody knows what it is
        }
        throw new KubernetesClientException("What answered isn't an API server: its answer is no JSON object");
    }
}
