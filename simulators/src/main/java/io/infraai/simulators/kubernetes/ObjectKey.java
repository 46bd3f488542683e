package io.infraai.simulators.kubernetes;

/** Where an object is found; the namespace is empty for what has none. */
record ObjectKey(ResourceKind kind, String namespace, String name) {}
