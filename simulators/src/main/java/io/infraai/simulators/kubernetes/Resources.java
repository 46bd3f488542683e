package io.infraai.simulators.kubernetes;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Reads and writes of objects, with the checks of the API server. Used under the cluster's lock only. */
final class Resources {

    /** What an update can't touch: it is taken over from what is stored. */
    private static final List<String> OWN_METADATA =
            List.of("uid", "creationTimestamp", "generation", "deletionTimestamp", "deletionGracePeriodSeconds");

    /** Whose changes are told as rollouts and scalings. */
    private static final Set<ResourceKind> ROLLED =
            Set.of(ResourceKind.DEPLOYMENT, ResourceKind.STATEFUL_SET, ResourceKind.DAEMON_SET);

    private final ObjectStore store;
    private final Kubelet kubelet;
    private final DisruptionBudgets budgets;
    private final Identities identities;
    private final InstantSource clock;

    Resources(
            ObjectStore store, Kubelet kubelet, DisruptionBudgets budgets, Identities identities, InstantSource clock) {
        this.store = store;
        this.kubelet = kubelet;
        this.budgets = budgets;
        this.identities = identities;
        this.clock = clock;
    }

    Stored existing(ObjectKey key) {
        var found = store.get(key);
        if (found == null) {
            throw ApiFailure.notFound(key);
        }
        return found;
    }

    JsonNode create(ResourceKind kind, String namespace, ObjectNode draft, Write write) {
        ofKind(kind, draft);
        var metadata = Json.child(draft, "metadata");
        if (!metadata.hasNonNull("name") && metadata.hasNonNull("generateName")) {
            metadata.put("name", metadata.path("generateName").asText() + identities.suffix());
        }
        var key = new ObjectKey(kind, namespace, metadata.path("name").asText(""));
        sameNamespace(metadata, namespace);
        if (kind.namespaced()) {
            existing(new ObjectKey(ResourceKind.NAMESPACE, "", namespace));
            metadata.put("namespace", namespace);
        }
        if (metadata.hasNonNull("resourceVersion")
                && !metadata.path("resourceVersion").asText().isEmpty()) {
            throw ApiFailure.badRequest("resourceVersion should not be set on objects to be created");
        }
        Validation.complete(key, draft);
        Validation.check(key, draft);
        if (store.get(key) != null) {
            throw ApiFailure.alreadyExists(key);
        }
        metadata.put("uid", identities.uid()).put("creationTimestamp", Json.time(clock.instant()));
        if (kind.hasGeneration()) {
            metadata.put("generation", 1);
        }
        initialStatus(kind, draft);
        if (write.dryRun()) {
            return draft;
        }
        var created = store.put(kind, draft);
        write.changed(Effect.What.CREATED, created, "");
        return created.json();
    }

    JsonNode update(ObjectKey key, ObjectNode draft, Write write) {
        var current = existing(key);
        ofKind(key.kind(), draft);
        var metadata = Json.child(draft, "metadata");
        if (!metadata.path("name").asText("").equals(key.name())) {
            throw ApiFailure.badRequest("the name of the object (%s) does not match the name on the URL (%s)"
                    .formatted(metadata.path("name").asText(""), key.name()));
        }
        sameNamespace(metadata, key.namespace());
        sameVersion(current, metadata);
        var uid = metadata.path("uid").asText("");
        if (!uid.isEmpty() && !uid.equals(current.uid())) {
            throw ApiFailure.preconditionFailed(
                    key,
                    "Precondition failed: UID in precondition: %s, UID in object meta: %s"
                            .formatted(uid, current.uid()));
        }
        takeOver(current, draft, metadata);
        Validation.complete(key, draft);
        Validation.check(key, draft);
        Validation.checkUpdate(key, current, draft);
        if (draft.equals(current.json())) {
            return current.json();
        }
        if (key.kind().hasGeneration() && !draft.path("spec").equals(current.at("spec"))) {
            metadata.put("generation", current.at("metadata", "generation").asLong() + 1);
        }
        if (write.dryRun()) {
            return draft;
        }
        var updated = store.put(key.kind(), draft);
        report(current, updated, write);
        return updated.json();
    }

    JsonNode patch(ObjectKey key, String contentType, JsonNode patch, Write write) {
        var current = existing(key);
        if (Patches.apply(contentType, current.json(), patch) instanceof ObjectNode patched) {
            return update(key, patched, write);
        }
        throw ApiFailure.patchRefused();
    }

    /** Deletes at once or begins to; what is terminating already isn't deleted a second time. */
    JsonNode delete(ObjectKey key, JsonNode options, Write write) {
        var current = existing(key);
        preconditions(current, options.path("preconditions"));
        if (write.dryRun()) {
            return current.json();
        }
        if (key.kind() == ResourceKind.POD) {
            return terminate(current, options, "deleted", write);
        }
        if (key.kind() == ResourceKind.NAMESPACE) {
            empty(key.name());
        }
        store.remove(key);
        write.changed(Effect.What.DELETED, current, "");
        return success(current);
    }

    JsonNode evict(ObjectKey key, JsonNode options, Write write) {
        var pod = existing(key);
        preconditions(pod, options.path("preconditions"));
        budgets.check(pod);
        if (!write.dryRun()) {
            terminate(pod, options, "evicted", write);
        }
        var status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        return status.put("status", "Success").put("code", 201);
    }

    private ObjectNode terminate(Stored pod, JsonNode options, String detail, Write write) {
        var asked = options.path("gracePeriodSeconds");
        var deleted = kubelet.terminate(pod, asked.isNumber() ? asked.asLong() : null);
        if (!pod.terminating()) {
            write.changed(Effect.What.POD_DELETED, pod, detail);
        }
        return deleted;
    }

    private void empty(String namespace) {
        for (var kind : List.of(
                ResourceKind.DEPLOYMENT,
                ResourceKind.STATEFUL_SET,
                ResourceKind.DAEMON_SET,
                ResourceKind.REPLICA_SET,
                ResourceKind.POD,
                ResourceKind.CONFIG_MAP,
                ResourceKind.SECRET,
                ResourceKind.SCALED_OBJECT,
                ResourceKind.DISRUPTION_BUDGET,
                ResourceKind.EVENT)) {
            List.copyOf(store.list(kind, namespace)).forEach(object -> store.remove(object.key()));
        }
    }

    private static void report(Stored before, Stored after, Write write) {
        if (!ROLLED.contains(before.key().kind())) {
            write.changed(Effect.What.UPDATED, after, "");
            return;
        }
        var template = !before.at("spec", "template").equals(after.at("spec", "template"));
        var from = before.at("spec", "replicas").asInt();
        var to = after.at("spec", "replicas").asInt();
        if (template) {
            write.changed(
                    Effect.What.ROLLED_OUT,
                    after,
                    after.at("metadata", "generation").asText());
        }
        if (from != to) {
            write.changed(Effect.What.SCALED, after, from + "→" + to);
        }
        if (!template && from == to) {
            write.changed(Effect.What.UPDATED, after, "");
        }
    }

    private static void takeOver(Stored current, ObjectNode draft, ObjectNode metadata) {
        for (var field : OWN_METADATA) {
            set(metadata, field, current.at("metadata", field));
        }
        metadata.put("resourceVersion", Long.toString(current.version()));
        if (current.key().kind().namespaced()) {
            metadata.put("namespace", current.key().namespace());
        }
        draft.put("kind", current.key().kind().kind())
                .put("apiVersion", current.key().kind().apiVersion());
        set(draft, "status", current.at("status"));
    }

    private static void set(ObjectNode object, String field, JsonNode value) {
        if (value.isMissingNode()) {
            object.remove(field);
        } else {
            object.set(field, value);
        }
    }

    private static void preconditions(Stored current, JsonNode wanted) {
        var uid = wanted.path("uid").asText("");
        if (!uid.isEmpty() && !uid.equals(current.uid())) {
            throw ApiFailure.preconditionFailed(
                    current.key(),
                    "the UID in the precondition (%s) does not match the UID in record (%s). The object might have been deleted and then recreated"
                            .formatted(uid, current.uid()));
        }
        var version = wanted.path("resourceVersion").asText("");
        if (!version.isEmpty() && !version.equals(Long.toString(current.version()))) {
            throw ApiFailure.preconditionFailed(
                    current.key(),
                    "the ResourceVersion in the precondition (%s) does not match the ResourceVersion in record (%d). The object might have been modified"
                            .formatted(version, current.version()));
        }
    }

    static void sameVersion(Stored current, @Nullable JsonNode metadata) {
        var version = metadata == null ? "" : metadata.path("resourceVersion").asText("");
        if (!version.isEmpty() && !version.equals(Long.toString(current.version()))) {
            throw ApiFailure.modified(current.key());
        }
    }

    private static void ofKind(ResourceKind kind, ObjectNode draft) {
        var named = draft.path("kind").asText(kind.kind());
        var version = draft.path("apiVersion").asText(kind.apiVersion());
        if (!named.equals(kind.kind()) || !version.equals(kind.apiVersion())) {
            throw ApiFailure.badRequest(
                    "%s in version \"%s\" cannot be handled as a %s".formatted(named, version, kind.kind()));
        }
        draft.put("kind", kind.kind()).put("apiVersion", kind.apiVersion());
    }

    private static void sameNamespace(ObjectNode metadata, String namespace) {
        var named = metadata.path("namespace").asText("");
        if (!named.isEmpty() && !named.equals(namespace)) {
            throw ApiFailure.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request");
        }
    }

    private static void initialStatus(ResourceKind kind, ObjectNode draft) {
        switch (kind) {
            case POD -> PodStatus.pending(draft);
            case NAMESPACE -> draft.putObject("status").put("phase", "Active");
            case DEPLOYMENT, REPLICA_SET, STATEFUL_SET, DAEMON_SET, DISRUPTION_BUDGET -> draft.putObject("status");
            case NODE, EVENT, CONFIG_MAP, SECRET, SCALED_OBJECT -> {}
        }
    }

    private static ObjectNode success(Stored deleted) {
        var kind = deleted.key().kind();
        var status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Success");
        var details = status.putObject("details").put("name", deleted.key().name());
        if (!kind.group().isEmpty()) {
            details.put("group", kind.group());
        }
        details.put("kind", kind.plural()).put("uid", deleted.uid());
        return status;
    }
}
