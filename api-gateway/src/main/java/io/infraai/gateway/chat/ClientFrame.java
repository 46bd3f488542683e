package io.infraai.gateway.chat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.infraai.gateway.problem.ErrorCode;
import io.infraai.gateway.problem.Problem;
import io.infraai.gateway.problem.Problem.Fault;
import io.infraai.gateway.problem.ProblemException;
import io.infraai.gateway.request.StrictJson;

/** What a client says on a WebSocket. A closed vocabulary: one switch reads it, and one carries it out. */
sealed interface ClientFrame {

    record Message(String text) implements ClientFrame {}

    /** Stops the turn that was begun last. */
    record Cancel() implements ClientFrame {}

    /**
     * @throws ProblemException for anything else
     */
    static ClientFrame read(String text) {
        var frame = StrictJson.object(text.getBytes(StandardCharsets.UTF_8));
        return switch (frame.path("type").asText()) {
            case "message" -> message(frame);
            case "cancel" -> cancel(frame);
            default -> throw new ProblemException(ErrorCode.INVALID, "/type: must be message or cancel");
        };
    }

    private static ClientFrame message(ObjectNode frame) {
        refuseOthers(frame, Set.of("type", "text"));
        if (!ChatRequest.isMessage(frame.path("text"))) {
            throw invalid("/text", ChatRequest.MESSAGE);
        }
        return new Message(frame.path("text").textValue().strip());
    }

    private static ClientFrame cancel(ObjectNode frame) {
        refuseOthers(frame, Set.of("type"));
        return new Cancel();
    }

    private static void refuseOthers(ObjectNode frame, Set<String> fields) {
        frame.fieldNames().forEachRemaining(field -> {
            if (!fields.contains(field)) {
                throw invalid("/" + field, "there is no such field");
            }
        });
    }

    private static ProblemException invalid(String path, String message) {
        return Problem.invalid(List.of(new Fault(path, message))).asException();
    }
}
