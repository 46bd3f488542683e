package io.infraai.simulators.kubernetes;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Something the caller may not do.
 *
 * @param verb a Kubernetes verb such as {@code delete}, or {@code *}
 * @param namespace a namespace, {@code *} for any, or the empty string for what has none
 */
public record Denial(String verb, String namespace) {

    /** Everything that changes a namespace. */
    public static Set<Denial> writesIn(String namespace) {
        return Stream.of("create", "update", "patch", "delete", "deletecollection")
                .map(verb -> new Denial(verb, namespace))
                .collect(Collectors.toUnmodifiableSet());
    }

    boolean covers(String askedVerb, String askedNamespace) {
        return (verb.equals("*") || verb.equals(askedVerb))
                && (namespace.equals("*") || namespace.equals(askedNamespace));
    }
}
