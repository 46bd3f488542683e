package io.infraai.adapters.kubernetes;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jspecify.annotations.Nullable;

/** Finds out how a cluster serves a kind, and evictions; what was found once isn't asked for again. Thread-safe. */
final class KindDiscovery {

    /** Where most of what is asked for is found; asked before the list of all groups. */
    private static final List<String> USUAL = List.of("v1", "apps/v1");

    private static final String EVICTION = "policy/v1";

    private record Asked(String kind, @Nullable String apiVersion) {}

    private final KubernetesApi api;
    private final Map<Asked, ApiKind> known = new ConcurrentHashMap<>();
    private volatile @Nullable String eviction;

    KindDiscovery(KubernetesApi api) {
        this.api = api;
    }

    /**
     * Blocks.
     *
     * @param kind in lower case, such as {@code networkpolicy}
     * @param apiVersion such as {@code apps/v1}; when null, the first group that has the kind, core and apps first
     */
    Optional<ApiKind> find(String kind, @Nullable String apiVersion) {
        var asked = new Asked(kind.toLowerCase(Locale.ROOT), apiVersion);
        var before = known.get(asked);
        if (before != null) {
            return Optional.of(before);
        }
        var found = apiVersion == null ? anywhere(asked.kind()) : in(apiVersion, asked.kind());
        found.ifPresent(it -> known.put(asked, it));
        return found;
    }

    /** Blocks. In which version evictions are posted: servers before 1.22 know an older one only. */
    String eviction() {
        var before = eviction;
        if (before != null) {
            return before;
        }
        var found = EVICTION;
        for (var resource : resources("v1")) {
            if (resource.path("name").asText().equals("pods/eviction") && resource.hasNonNull("version")) {
                found = resource.path("group").asText() + "/"
                        + resource.path("version").asText();
            }
        }
        eviction = found;
        return found;
    }

    private Optional<ApiKind> anywhere(String kind) {
        for (var version : USUAL) {
            var found = in(version, kind);
            if (found.isPresent()) {
                return found;
            }
        }
        for (var version : otherVersions()) {
            var found = inOneOfMany(version, kind);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private List<String> otherVersions() {
        var versions = new ArrayList<String>();
        for (var group : api.read("/apis").map(list -> list.path("groups")).orElse(MissingNode.getInstance())) {
            var preferred = group.path("preferredVersion").path("groupVersion").asText();
            if (!USUAL.contains(preferred)) {
                versions.add(preferred);
            }
        }
        return versions;
    }

    /** A group whose own server is down doesn't hide those after it. */
    private Optional<ApiKind> inOneOfMany(String apiVersion, String kind) {
        try {
            return in(apiVersion, kind);
        } catch (KubernetesClientException e) {
            if (e.getCode() < 500) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private Optional<ApiKind> in(String apiVersion, String kind) {
        for (var resource : resources(apiVersion)) {
            var name = resource.path("name").asText();
            if (!name.contains("/")
                    && resource.path("kind").asText().toLowerCase(Locale.ROOT).equals(kind)
                    && verbs(resource).contains("get")) {
                return Optional.of(new ApiKind(
                        resource.path("kind").asText(),
                        apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "",
                        apiVersion.substring(apiVersion.indexOf('/') + 1),
                        name,
                        resource.path("namespaced").asBoolean()));
            }
        }
        return Optional.empty();
    }

    private JsonNode resources(String apiVersion) {
        return api.read((apiVersion.contains("/") ? "/apis/" : "/api/") + apiVersion)
                .map(list -> list.path("resources"))
                .orElse(MissingNode.getInstance());
    }

    private static Set<String> verbs(JsonNode resource) {
        var verbs = new HashSet<String>();
        resource.path("verbs").forEach(verb -> verbs.add(verb.asText()));
        return verbs;
    }
}
