package io.infraai.adapters.mcp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** A tool as a server describes it. */
record Offer(String name, String description, JsonNode schema) {

    static Offer of(JsonNode tool) {
        return new Offer(tool.path("name").asText(), tool.path("description").asText(""), tool.path("inputSchema"));
    }

    /** Changes whenever anything that a model or person decides by changes, and not with the order of members. */
    String pin() {
        var form =
                JsonNodeFactory.instance.arrayNode().add(name).add(description).add(sorted(schema));
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return "sha256:"
                    + HexFormat.of().formatHex(digest.digest(form.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static JsonNode sorted(JsonNode node) {
        if (node.isObject()) {
            var members = new TreeMap<String, JsonNode>();
            node.properties().forEach(member -> members.put(member.getKey(), sorted(member.getValue())));
            return JsonNodeFactory.instance.objectNode().setAll(members);
        }
        if (node instanceof ArrayNode array) {
            var copy = JsonNodeFactory.instance.arrayNode();
            array.forEach(each -> copy.add(sorted(each)));
            return copy;
        }
        return node;
    }
}
