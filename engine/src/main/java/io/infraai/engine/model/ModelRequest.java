package io.infraai.engine.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;

/**
 * A conversation that waits for the model's turn.
 *
 * @param tools the model may ask for, possibly none; the most fitting first, since not every model is shown all
 * @param deadline by which the answer is whole or given up
 * @param model the configured name of the only one to ask; else the configured ones are asked in their order
 */
public record ModelRequest(
        List<ChatMessage> messages, List<ToolSpecification> tools, Instant deadline, Optional<String> model) {

    public ModelRequest {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("A model can't take the first turn: there are no messages");
        }
    }

    /** Asks the configured models in their order. */
    public ModelRequest(List<ChatMessage> messages, List<ToolSpecification> tools, Instant deadline) {
        this(messages, tools, deadline, Optional.empty());
    }

    /** The same with the first tools only. */
    ModelRequest withTools(int most) {
        return tools.size() <= most ? this : new ModelRequest(messages, tools.subList(0, most), deadline, model);
    }
}
