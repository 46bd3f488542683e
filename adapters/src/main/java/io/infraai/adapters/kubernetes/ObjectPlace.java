package io.infraai.adapters.kubernetes;

/**
 * Where an object is, or would be.
 *
 * @param namespace empty for what has none
 */
record ObjectPlace(ApiKind kind, String namespace, String name) {

    String path() {
        return kind.path(namespace) + "/" + name;
    }

    /** For people: {@code deployment cart in shop}. */
    String shown() {
        return namespace.isEmpty() ? kind.lowerCase() + " " + name : kind.lowerCase() + " " + name + " in " + namespace;
    }
}
