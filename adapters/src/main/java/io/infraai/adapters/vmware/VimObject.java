package io.infraai.adapters.vmware;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was read of an object. What isn't set, or may not be read, isn't there; that says nothing else. Only when nobody is
 * logged in, the whole answer is none.
 *
 * @param values by property path
 */
record VimObject(String type, String id, Map<String, Xml> values) {

    /** @throws VimFailure when the server says so little since the session has ended */
    static VimObject of(Xml told) {
        told.children("missingSet").stream()
                .flatMap(missing -> missing.child("fault").stream())
                .flatMap(localized -> localized.child("fault").stream())
                .flatMap(fault -> fault.type().stream())
                .filter("NotAuthenticated"::equals)
                .findFirst()
                .ifPresent(type -> {
                    throw VimFailure.fault(type, "", "RetrievePropertiesEx");
                });
        var reference = told.child("obj");
        var values = new HashMap<String, Xml>();
        for (var set : told.children("propSet")) {
            set.child("val").ifPresent(value -> values.put(set.textOf("name"), value));
        }
        return new VimObject(
                reference.map(Xml::referenced).orElse(""),
                reference.map(Xml::text).orElse(""),
                Map.copyOf(values));
    }

    Optional<Xml> value(String path) {
        return Optional.ofNullable(values.get(path));
    }

    /** Empty when it isn't set. */
    String text(String path) {
        return value(path).map(Xml::text).orElse("");
    }

    Optional<Long> number(String path) {
        return value(path).map(Xml::text).flatMap(VimObject::whole);
    }

    static Optional<Long> whole(String text) {
        try {
            return Optional.of(Long.valueOf(text));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    Optional<Instant> time(String path) {
        return value(path).map(Xml::text).flatMap(VimObject::instant);
    }

    static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
