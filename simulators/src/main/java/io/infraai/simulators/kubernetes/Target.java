package io.infraai.simulators.kubernetes;

import java.util.Optional;

/** What a resource path names; name and subresource are empty for a collection. */
record Target(ResourceKind kind, String namespace, String name, String subresource) {

    ObjectKey key() {
        return new ObjectKey(kind, namespace, name);
    }

    /** Reads {@code /api/v1/...} and {@code /apis/<group>/<version>/...}; empty when it names no known resource. */
    static Optional<Target> parse(String path) {
        var parts = path.split("/");
        if (parts.length < 4) {
            return Optional.empty();
        }
        if (parts[1].equals("api")) {
            return parse(parts[2], parts, 3);
        }
        if (parts[1].equals("apis") && parts.length > 4) {
            return parse(parts[2] + "/" + parts[3], parts, 4);
        }
        return Optional.empty();
    }

    private static Optional<Target> parse(String apiVersion, String[] parts, int start) {
        var rest = parts.length - start;
        if (parts[start].equals("namespaces") && rest >= 3 && !parts[start + 2].equals("status")) {
            return of(apiVersion, parts[start + 1], parts, start + 2, true);
        }
        return of(apiVersion, "", parts, start, false);
    }

    private static Optional<Target> of(String apiVersion, String namespace, String[] parts, int start, boolean scoped) {
        if (parts.length > start + 3) {
            return Optional.empty();
        }
        var name = parts.length > start + 1 ? parts[start + 1] : "";
        var subresource = parts.length > start + 2 ? parts[start + 2] : "";
        return ResourceKind.of(apiVersion, parts[start])
                .filter(kind -> kind.namespaced() ? scoped || name.isEmpty() : !scoped)
                .map(kind -> new Target(kind, namespace, name, subresource));
    }
}
