package io.infraai.adapters.kubernetes;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/** Which objects of a kind to list; a selector of null selects all. */
record ListQuery(@Nullable String labels, @Nullable String fields, int limit) {

    static ListQuery first(int limit) {
        return new ListQuery(null, null, limit);
    }

    ListQuery labelled(@Nullable String selector) {
        return new ListQuery(selector, fields, limit);
    }

    ListQuery where(@Nullable String selector) {
        return new ListQuery(labels, selector, limit);
    }

    String encoded() {
        return "?limit=" + limit + parameter("labelSelector", labels) + parameter("fieldSelector", fields);
    }

    private static String parameter(String name, @Nullable String value) {
        return value == null || value.isEmpty()
                ? ""
                : "&" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
