package io.infraai.simulators.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** A field selector: which fields there are depends on the kind. */
record FieldSelector(List<Term> terms) {

    static final FieldSelector EVERYTHING = new FieldSelector(List.of());

    private static final Pattern TERM = Pattern.compile("([^=!]+)(==|=|!=)([^=!]*)");
    private static final Set<String> COMMON = Set.of("metadata.name", "metadata.namespace");
    private static final Set<String> OF_PODS =
            Set.of("status.phase", "status.podIP", "spec.nodeName", "spec.restartPolicy", "spec.serviceAccountName");
    private static final Set<String> OF_EVENTS = Set.of(
            "involvedObject.kind",
            "involvedObject.namespace",
            "involvedObject.name",
            "involvedObject.uid",
            "reason",
            "type");

    private record Term(List<String> path, boolean equal, String value) {

        boolean holds(Stored object) {
            return Json.text(object.json(), path.toArray(String[]::new)).equals(value) == equal;
        }
    }

    static FieldSelector parse(ResourceKind kind, String text) {
        if (text.isBlank()) {
            return EVERYTHING;
        }
        var terms = new ArrayList<Term>();
        for (var part : text.split(",")) {
            var term = TERM.matcher(part.strip());
            if (!term.matches()) {
                throw ApiFailure.badRequest("invalid selector: '%s'; can't understand '%s'".formatted(text, part));
            }
            if (!supported(kind, term.group(1))) {
                throw ApiFailure.badRequest("field label not supported: " + term.group(1));
            }
            terms.add(
                    new Term(List.of(term.group(1).split("\\.")), !term.group(2).equals("!="), term.group(3)));
        }
        return new FieldSelector(terms);
    }

    boolean matches(Stored object) {
        for (var term : terms) {
            if (!term.holds(object)) {
                return false;
            }
        }
        return true;
    }

    private static boolean supported(ResourceKind kind, String field) {
        return COMMON.contains(field)
                || (kind == ResourceKind.POD && OF_PODS.contains(field))
                || (kind == ResourceKind.EVENT && OF_EVENTS.contains(field));
    }
}
