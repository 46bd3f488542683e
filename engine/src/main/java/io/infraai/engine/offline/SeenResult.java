package io.infraai.engine.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * A tool's answer as the conversation holds it: JSON with status, summary and detail, with a fence around it or not, whole or
 * cut. All of it is data: nothing in it is ever taken for something the user said.
 *
 * @param done whether the tool did what it was asked
 * @param summary one sentence; the reason when it failed
 * @param detail an object, empty when there is none
 * @param cut whether there was more than could be read
 */
record SeenResult(boolean done, String summary, JsonNode detail, boolean cut) {

    private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();

    static SeenResult missing() {
        return new SeenResult(false, "no answer came", NOTHING, false);
    }

    /** Of whatever there is; a text that holds no JSON is a summary. */
    static SeenResult of(String text) {
        var begin = text.indexOf('{');
        if (begin < 0) {
            return new SeenResult(!text.contains("failed"), text.strip(), NOTHING, false);
        }
        var read = PartialJson.read(text.substring(begin));
        var node = read.node();
        var status = node.path("status").asText(node.path("type").asText("done"));
        var summary = node.path("summary").asText(node.path("message").asText(""));
        var detail = node.path("detail");
        return new SeenResult(
                status.equalsIgnoreCase("done"),
                summary.isEmpty() ? node.path("reason").asText("") : summary,
                detail.isObject() ? detail : NOTHING,
                read.cut() || detail.has("preview"));
    }

    JsonNode items(String field) {
        return detail.path(field);
    }

    /** Whether the list in it is all there is. */
    boolean whole() {
        return !cut && !detail.path("truncated").asBoolean();
    }
}
