package io.infraai.adapters.vmware;

import org.jspecify.annotations.Nullable;

/**
 * How people call a machine. The server stores three characters of a name escaped, since its paths need them.
 *
 * @param folder needed only when several have the name
 */
record MachineName(String name, @Nullable String folder) {

    /** Anything but control characters. */
    static final String PATTERN = "^[^\\x00-\\x1f\\x7f]+$";

    static final int LONGEST = 80;

    static String stored(String name) {
        return name.replace("%", "%25").replace("/", "%2f").replace("\\", "%5c");
    }

    static String shown(String stored) {
        return stored.replace("%2f", "/")
                .replace("%2F", "/")
                .replace("%5c", "\\")
                .replace("%5C", "\\")
                .replace("%25", "%");
    }
}
