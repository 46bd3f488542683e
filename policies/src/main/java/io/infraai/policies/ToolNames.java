package io.infraai.policies;

/** A tool's name as it is written and as it is known. */
final class ToolNames {

    private static final String PREFIX = "mcp_";

    private ToolNames() {}

    static String canonical(String written) {
        return written.startsWith(PREFIX) ? written.substring(PREFIX.length()) : written;
    }

    static String unknown(String name) {
        return "no worker has a tool \"" + name + "\"; GET /api/tools lists them";
    }
}
