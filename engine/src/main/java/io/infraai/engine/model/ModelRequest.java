package io.infraai.engine.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import org.jspecify.annotations.Nullable;

/**
 * A conversation that waits for the model's turn.
 *
 * @param tools the model may ask for, possibly none; the most fitting first, since not every model is shown all
 * @param deadline by which the answer is whole or given up
 * @param model the configured name of the only one to ask; else the configured ones are asked in their order
 * @param traceparent the W3C trace context of what it is asked for; absent when that isn't traced
 */
public record ModelRequest(
        List<ChatMessage> messages,
        List<ToolSpecification> tools,
        Instant deadline,
        Optional<String> model,
        @Nullable String traceparent) {

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

    /** Asks that model alone, or the configured ones in their order. */
    public ModelRequest(
            List<ChatMessage> messages, List<ToolSpecification> tools, Instant deadline, Optional<String> model) {
        this(messages, tools, deadline, model, null);
    }

    /** The same as a part of a trace. */
    public ModelRequest in(@Nullable String trace) {
        return new ModelRequest(messages, tools, deadline, model, trace);
    }

    /** The same with the first tools only. */
    ModelRequest withTools(int most) {
        return tools.size() <= most
                ? this
                : new ModelRequest(messages, tools.subList(0, most), deadline, model, traceparent);
    }
}
