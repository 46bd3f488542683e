package io.infraai.adapters.mcp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;

import com.fasterxml.jackson.databind.JsonNode;

/** The text of a tool's result, bounded. It is data, whatever it says. */
final class ResultText {

    /** Most bytes that are kept. */
    static final int MOST = 32 * 1024;

    private ResultText() {}

    static String of(JsonNode result) {
        var parts = new ArrayList<String>();
        for (var block : result.path("content")) {
            var text = block.path("text");
            parts.add(
                    text.isTextual()
                            ? text.textValue()
                            : "[" + block.path("type").asText("something") + " left out]");
        }
        if (parts.isEmpty() && result.has("structuredContent")) {
            parts.add(result.get("structuredContent").toString());
        }
        return cut(String.join("\n", parts), MOST);
    }

    /** Cuts at a character and says so. */
    static String cut(String text, int most) {
        // PostgreSQL can't keep U+0000
        var bytes = text.replace('\0', ' ').getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= most) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        var end = most;
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8) + " [cut, " + bytes.length + " bytes in all]";
    }
}
