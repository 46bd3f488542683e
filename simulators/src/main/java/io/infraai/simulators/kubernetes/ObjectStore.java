package io.infraai.simulators.kubernetes;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** All objects by key, with one version counter and the latest changes. Used under the cluster's lock only. */
final class ObjectStore {

    private static final int HISTORY = 20_000;

    private final Map<ResourceKind, Map<String, Map<String, Stored>>> objects = new EnumMap<>(ResourceKind.class);
    private final Map<String, Set<ObjectKey>> children = new HashMap<>();
    private final Deque<Change> history = new ArrayDeque<>();
    private final List<Consumer<Change>> listeners = new ArrayList<>();
    private long version = 1_000;
    private long compacted = version;

    ObjectStore() {
        for (var kind : ResourceKind.values()) {
            objects.put(kind, new TreeMap<>());
        }
    }

    long version() {
        return version;
    }

    /** Changes up to this version are forgotten. */
    long compacted() {
        return compacted;
    }

    void listen(Consumer<Change> listener) {
        listeners.add(listener);
    }

    @Nullable
    Stored get(ObjectKey key) {
        return inNamespace(key.kind(), key.namespace()).get(key.name());
    }

    /** The objects of a kind in the order of their names, of all namespaces when none is given. */
    Collection<Stored> list(ResourceKind kind, @Nullable String namespace) {
        if (namespace != null) {
            return inNamespace(kind, namespace).values();
        }
        return byNamespace(kind).values().stream()
                .flatMap(named -> named.values().stream())
                .toList();
    }

    List<Stored> childrenOf(String ownerUid) {
        var found = new ArrayList<Stored>();
        for (var key : children.getOrDefault(ownerUid, Set.of())) {
            var child = get(key);
            if (child != null) {
                found.add(child);
            }
        }
        return found;
    }

    /** Takes the tree over; the caller doesn't change it any more. */
    Stored put(ResourceKind kind, ObjectNode json) {
        var metadata = Json.child(json, "metadata");
        var key = new ObjectKey(kind, Json.text(metadata, "namespace"), Json.text(metadata, "name"));
        version++;
        metadata.put("resourceVersion", Long.toString(version));
        var after = new Stored(key, version, json);
        var before = byNamespace(kind)
                .computeIfAbsent(key.namespace(), _ -> new TreeMap<>())
                .put(key.name(), after);
        owners(json)
                .forEach(owner -> children.computeIfAbsent(owner, _ -> new LinkedHashSet<>())
                        .add(key));
        record(new Change(version, key, before, after));
        return after;
    }

    void remove(ObjectKey key) {
        var before = inNamespace(key.kind(), key.namespace()).remove(key.name());
        if (before == null) {
            return;
        }
        version++;
        owners(before.json())
                .forEach(owner -> children.computeIfPresent(owner, (_, keys) -> {
                    keys.remove(key);
                    return keys.isEmpty() ? null : keys;
                }));
        record(new Change(version, key, before, null));
    }

    /** The changes after a version, oldest first; complete only from {@link #compacted} on. */
    List<Change> since(long after) {
        return history.stream().filter(change -> change.version() > after).toList();
    }

    void forgetHistory() {
        history.clear();
        compacted = version;
    }

    private void record(Change change) {
        history.addLast(change);
        if (history.size() > HISTORY) {
            compacted = history.removeFirst().version();
        }
        listeners.forEach(listener -> listener.accept(change));
    }

    private Map<String, Map<String, Stored>> byNamespace(ResourceKind kind) {
        return objects.computeIfAbsent(kind, _ -> new TreeMap<>());
    }

    private Map<String, Stored> inNamespace(ResourceKind kind, String namespace) {
        var named = byNamespace(kind).get(namespace);
        return named == null ? Map.of() : named;
    }

    private static List<String> owners(ObjectNode json) {
        var found = new ArrayList<String>();
        for (JsonNode owner : Json.at(json, "metadata", "ownerReferences")) {
            found.add(owner.path("uid").asText());
        }
        return found;
    }
}
