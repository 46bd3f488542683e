package io.infraai.gateway.chat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import io.infraai.gateway.approvals.ApprovalDesk;
import io.infraai.gateway.problem.ErrorCode;
import io.infraai.gateway.problem.Problem;
import io.infraai.gateway.problem.Problem.Fault;
import io.infraai.gateway.problem.ProblemException;
import io.infraai.gateway.request.StrictJson;

/** What a client says on a WebSocket. A closed vocabulary: one switch reads it, and one carries it out. */
sealed interface ClientFrame {

    record Message(String text) implements ClientFrame {}

    /** What the user says to a request for approval, of this conversation or another. */
    record Decision(
            long approvalId, boolean approve, @Nullable String comment) implements ClientFrame {}

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
            case "approve" -> decision(frame, true);
            case "reject" -> decision(frame, false);
            default ->
                throw new ProblemException(ErrorCode.INVALID, "/type: must be message, approve, reject or cancel");
        };
    }

    private static ClientFrame message(ObjectNode frame) {
        refuseOthers(frame, Set.of("type", "text"));
        if (!ChatRequest.isMessage(frame.path("text"))) {
            throw invalid("/text", ChatRequest.MESSAGE);
        }
        return new Message(frame.path("text").textValue().strip());
    }

    private static ClientFrame decision(ObjectNode frame, boolean approve) {
        refuseOthers(frame, Set.of("type", "approval_id", "comment"));
        if (!frame.path("approval_id").canConvertToExactIntegral()
                || !frame.path("approval_id").canConvertToLong()) {
            throw invalid("/approval_id", "must be the number of a request for approval");
        }
        var comment = frame.path("comment");
        if (!comment.isMissingNode() && !ApprovalDesk.isComment(comment)) {
            throw invalid("/comment", ApprovalDesk.COMMENT);
        }
        return new Decision(frame.path("approval_id").longValue(), approve, comment.textValue());
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
