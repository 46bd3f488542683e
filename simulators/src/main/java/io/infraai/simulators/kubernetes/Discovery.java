package io.infraai.simulators.kubernetes;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the server says about itself: its version, its groups and their resources. */
final class Discovery {

    private static final String KEDA = ResourceKind.SCALED_OBJECT.group();
    private static final List<String> GROUPS = List.of("apps", "policy", "authorization.k8s.io", KEDA);

    private final String eviction;

    /** @param eviction the version of evictions that is listed */
    Discovery(String eviction) {
        this.eviction = eviction;
    }

    Optional<ObjectNode> at(String path) {
        return switch (path) {
            case "/version" -> Optional.of(version());
            case "/api" -> Optional.of(versions());
            case "/apis" -> Optional.of(groups());
            case "/api/v1" -> Optional.of(resources("", "v1"));
            default -> group(path);
        };
    }

    private Optional<ObjectNode> group(String path) {
        for (var group : GROUPS) {
            if (path.equals("/apis/" + group)) {
                return Optional.of(group(Json.object().put("kind", "APIGroup").put("apiVersion", "v1"), group));
            }
            if (path.equals("/apis/" + group + "/" + version(group))) {
                return Optional.of(resources(group, group + "/" + version(group)));
            }
        }
        return Optional.empty();
    }

    private static ObjectNode version() {
        return Json.object()
                .put("major", "1")
                .put("minor", "34")
                .put("gitVersion", "v1.34.1")
                .put("gitCommit", "93248f9ae092f571eb870b7664c534bfc7d00f03")
                .put("gitTreeState", "clean")
                .put("buildDate", "2025-09-09T19:38:32Z")
                .put("goVersion", "go1.24.6")
                .put("compiler", "gc")
                .put("platform", "linux/amd64");
    }

    private static ObjectNode versions() {
        var versions = Json.object().put("kind", "APIVersions");
        versions.putArray("versions").add("v1");
        versions.putArray("serverAddressByClientCIDRs");
        return versions;
    }

    private static ObjectNode groups() {
        var list = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
        var groups = list.putArray("groups");
        GROUPS.forEach(group -> group(groups.addObject(), group));
        return list;
    }

    private static ObjectNode group(ObjectNode node, String group) {
        node.put("name", group);
        var version = version(group);
        node.putArray("versions")
                .addObject()
                .put("groupVersion", group + "/" + version)
                .put("version", version);
        node.putObject("preferredVersion")
                .put("groupVersion", group + "/" + version)
                .put("version", version);
        return node;
    }

    private static String version(String group) {
        return ResourceKind.in(group).stream()
                .map(ResourceKind::version)
                .findFirst()
                .orElse("v1");
    }

    private ObjectNode resources(String group, String groupVersion) {
        var list = Json.object()
                .put("kind", "APIResourceList")
                .put("apiVersion", "v1")
                .put("groupVersion", groupVersion);
        var resources = list.putArray("resources");
        for (var kind : ResourceKind.in(group)) {
            var resource = resource(resources, kind.plural(), kind.kind(), kind.namespaced());
            resource.put("singularName", kind.kind().toLowerCase(Locale.ROOT));
            resource.putArray("shortNames").add(kind.shortName());
            verbs(resource, "create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
            if (kind != ResourceKind.EVENT) {
                verbs(resource(resources, kind.plural() + "/status", kind.kind(), kind.namespaced()), "get");
            }
            subresources(resources, kind);
        }
        if (group.equals("authorization.k8s.io")) {
            verbs(resource(resources, "selfsubjectaccessreviews", "SelfSubjectAccessReview", false), "create");
        }
        return list;
    }

    private void subresources(ArrayNode resources, ResourceKind kind) {
        switch (kind) {
            case POD -> {
                verbs(resource(resources, "pods/log", "Pod", true), "get");
                var evictions = resource(resources, "pods/eviction", "Eviction", true);
                var of = eviction.split("/", 2);
                verbs(evictions.put("group", of[0]).put("version", of[1]), "create");
            }
            case DEPLOYMENT, REPLICA_SET, STATEFUL_SET -> {
                var scale = resource(resources, kind.plural() + "/scale", "Scale", true);
                verbs(scale.put("group", "autoscaling").put("version", "v1"), "get", "patch", "update");
            }
            case NAMESPACE, NODE, EVENT, CONFIG_MAP, SECRET, DAEMON_SET, SCALED_OBJECT, DISRUPTION_BUDGET -> {}
        }
    }

    private static ObjectNode resource(ArrayNode resources, String name, String kind, boolean namespaced) {
        return resources
                .addObject()
                .put("name", name)
                .put("singularName", "")
                .put("namespaced", namespaced)
                .put("kind", kind);
    }

    private static void verbs(ObjectNode resource, String... verbs) {
        var list = resource.putArray("verbs");
        for (var verb : verbs) {
            list.add(verb);
        }
    }
}
