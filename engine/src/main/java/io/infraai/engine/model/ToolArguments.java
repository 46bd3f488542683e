package io.infraai.engine.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.internal.JsonSchemaElementUtils;

/** Arguments of tools as they are sent to models. */
final class ToolArguments {

    private ToolArguments() {}

    /** An object whatever the model wrote at the time: providers reject a history with anything else in it. */
    static ObjectNode of(ToolExecutionRequest call, ObjectMapper json) {
        var written = call.arguments() == null ? "" : call.arguments();
        if (written.isBlank()) {
            return json.createObjectNode();
        }
        try {
            if (json.readTree(written) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException _) {
            // told as it was written
        }
        return json.createObjectNode().put("malformed", written);
    }

    static ObjectNode schema(ToolSpecification tool, ObjectMapper json) {
        if (tool.parameters() == null) {
            var none = json.createObjectNode().put("type", "object");
            none.putObject("properties");
            return none;
        }
        return json.valueToTree(JsonSchemaElementUtils.toMap(tool.parameters()));
    }
}
