package io.infraai.engine.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;

/** An answer as far as it has come. Not thread-safe. */
final class Draft {

    private final StringBuilder text = new StringBuilder();
    private final Map<Integer, Call> calls = new LinkedHashMap<>();
    private int latest = -1;

    void say(String delta) {
        text.append(delta);
    }

    /**
     * More of a tool call.
     *
     * @param index of the call; servers that leave it out begin the next one with another id
     * @param id empty when it isn't repeated, and where the server knows none
     */
    void call(Optional<Integer> index, String id, String name, String arguments) {
        latest = index.orElseGet(() -> isAnother(id) ? latest + 1 : latest);
        var call = calls.computeIfAbsent(latest, _ -> new Call());
        if (!id.isEmpty()) {
            call.id = id;
        }
        call.name.append(name);
        call.arguments.append(arguments);
    }

    boolean isEmpty() {
        return text.isEmpty() && calls.isEmpty();
    }

    /** @throws CannotAnswer when there is nothing in it */
    AiMessage message() {
        if (isEmpty()) {
            throw Complaint.empty();
        }
        return AiMessage.builder()
                .text(text.isEmpty() ? null : text.toString())
                .toolExecutionRequests(requests())
                .build();
    }

    private boolean isAnother(String id) {
        var current = calls.get(latest);
        return current == null || (!id.isEmpty() && !id.equals(current.id));
    }

    private List<ToolExecutionRequest> requests() {
        return calls.entrySet().stream()
                .map(entry -> entry.getValue().request(entry.getKey()))
                .toList();
    }

    private static final class Call {

        private String id = "";
        private final StringBuilder name = new StringBuilder();
        private final StringBuilder arguments = new StringBuilder();

        private ToolExecutionRequest request(int index) {
            return ToolExecutionRequest.builder()
                    // a result names the call that it belongs to
                    .id(id.isEmpty() ? "call_" + index : id)
                    .name(name.toString())
                    .arguments(arguments.isEmpty() ? "{}" : arguments.toString())
                    .build();
        }
    }
}
