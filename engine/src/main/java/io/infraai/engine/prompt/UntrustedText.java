package io.infraai.engine.prompt;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.re2j.Pattern;

import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.engine.untrusted.Masked;

/**
 * Tool results as a model sees them. Whoever can cause a log line can write in them, so they stand in a fence that they can't
 * close, texts that nobody needs to read to answer are placeholders, and so are addresses: a model that is talked into it could
 * carry data out with them.
 */
final class UntrustedText {

    private static final Pattern ADDRESS =
            Pattern.compile("(?i)\\b(?:[a-z][a-z0-9+.-]{1,20}://|" + SafeReply.OPAQUE + ")[^\\s\"'<>)\\]}\\\\]+");
    private static final String NO_ADDRESS = "[address]";
    private static final String FENCE = "tool-result";

    private UntrustedText() {}

    /**
     * @param most characters; what is longer is cut, with a note
     */
    static String fenced(UUID turnId, String callId, String tool, ToolResult result, int most) {
        var text = JsonNodeFactory.instance.objectNode();
        switch (Masked.of(turnId, callId, tool, result).result()) {
            case Done(var summary, var detail) -> {
                text.put("status", "done").put("summary", summary);
                if (!detail.isEmpty()) {
                    text.set("detail", detail);
                }
            }
            case Failed(var reason, var message) ->
                text.put("status", "failed").put("reason", reason.name()).put("summary", message);
        }
        var key = key(turnId, callId);
        return "<%s tool=\"%s\" key=\"%s\">\n%s\n</%s key=\"%s\">"
                .formatted(FENCE, tool, key, bounded(text, most), FENCE, key);
    }

    private static String bounded(JsonNode text, int most) {
        var all = withoutAddresses(text.toString()).replace("</" + FENCE, "<\\/" + FENCE);
        return all.length() <= most ? all : all.substring(0, most) + "…[cut, " + all.length() + " characters in all]";
    }

    static String withoutAddresses(String text) {
        return ADDRESS.matcher(text).replaceAll(NO_ADDRESS);
    }

    /** Known to nobody who can write into a tool's result, and the same whenever the turn is shown again. */
    private static String key(UUID turnId, String callId) {
        try {
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest((turnId + "/" + callId).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
