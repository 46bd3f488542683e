package io.infraai.adapters.kubernetes;

import java.util.List;
import java.util.OptionalLong;

/**
 * The beginning of a list.
 *
 * @param truncated whether there are more
 * @param rest how many more, where the server says it
 */
record ApiPage(List<ApiObject> items, boolean truncated, OptionalLong rest) {

    ApiPage {
        items = List.copyOf(items);
    }

    /** For a summary: nothing, or what was left out. */
    String more() {
        if (!truncated) {
            return "";
        }
        return rest.isPresent() ? " and " + rest.getAsLong() + " more" : " and more";
    }
}
