package io.infraai.engine.offline;

/** A call that was made in the conversation and what came of it. */
record Seen(ToolCall call, SeenResult result) {

    String tool() {
        return call.tool();
    }

    boolean isOf(String tool) {
        return call.tool().equals(tool);
    }
}
