package io.infraai.adapters.vmware;

/**
 * What is said of one server, and under which keys, for messages.
 *
 * @param prefix of its keys, such as {@code infraai.vmware}
 */
record ServerSettings(String prefix, ServerAccess access) {

    String key(String last) {
        return prefix + "." + last;
    }
}
