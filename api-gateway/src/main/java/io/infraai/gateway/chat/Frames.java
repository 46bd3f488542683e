package io.infraai.gateway.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import io.infraai.contracts.chat.NumberedReply;
import io.infraai.contracts.chat.ReplyEvent;
import io.infraai.contracts.chat.ReplyEvent.ApprovalRequired;
import io.infraai.contracts.chat.ReplyEvent.Completed;
import io.infraai.contracts.chat.ReplyEvent.Delta;
import io.infraai.contracts.chat.ReplyEvent.Failed;
import io.infraai.contracts.chat.ReplyEvent.Reasoned;
import io.infraai.contracts.chat.ReplyEvent.Started;
import io.infraai.contracts.chat.ReplyEvent.TaskAsked;
import io.infraai.contracts.chat.ReplyEvent.ToolFinished;
import io.infraai.contracts.tool.ToolResult;

/** Makes frames of what happened in a turn. */
final class Frames {

    private Frames() {}

    /**
     * The frames of one event, numbered from the event's own number on.
     *
     * @param streamed whether the text that a model said besides its calls was told piece by piece already
     */
    static List<Frame> of(String sessionId, UUID turn, NumberedReply reply, boolean streamed) {
        var seq = reply.sequence();
        return switch (reply.event()) {
            case Started(var attempt) -> List.of(new Frame.Started(turn, seq, sessionId, attempt));
            case Delta(var text) -> List.of(new Frame.Token(turn, seq, text));
            case Reasoned reasoned -> reasoned(turn, seq, reasoned, streamed);
            case TaskAsked(var call, var tool, var task) ->
                List.of(new Frame.TaskAsked(turn, seq, call, tool, task, "/api/tasks/" + task));
            case ApprovalRequired(var call, var tool, var task, var approval) ->
                List.of(new Frame.ApprovalRequired(turn, seq, call, tool, task, approval));
            case ToolFinished(var call, var tool, var result) -> List.of(outcome(turn, seq, call, tool, result));
            case Completed(var text, var _, var usage) -> List.of(new Frame.Done(turn, seq, text, usage));
            case Failed(var reason, var message, var _) -> List.of(new Frame.Wrong(turn, seq, reason.wire(), message));
        };
    }

    /** The text's number is kept for it also where it is left out, so that a call always has the same number. */
    private static List<Frame> reasoned(UUID turn, long seq, Reasoned reasoned, boolean streamed) {
        var frames = new ArrayList<Frame>();
        if (!streamed && !reasoned.text().isEmpty()) {
            frames.add(new Frame.Token(turn, seq, reasoned.text()));
        }
        var next = seq;
        for (var call : reasoned.calls()) {
            frames.add(new Frame.ToolCall(turn, ++next, call.callId(), call.tool(), call.arguments()));
        }
        return frames;
    }

    private static Frame outcome(UUID turn, long seq, String call, String tool, ToolResult result) {
        return switch (result) {
            case ToolResult.Done(var summary, var detail) ->
                new Frame.ToolOutcome(turn, seq, call, tool, "done", summary, detail, null);
            case ToolResult.Failed(var reason, var message) ->
                new Frame.ToolOutcome(
                        turn,
                        seq,
                        call,
                        tool,
                        "failed",
                        message,
                        null,
                        reason.name().toLowerCase(Locale.ROOT));
        };
    }

    /** Whether nothing comes of the turn after this. */
    static boolean isLast(ReplyEvent event) {
        return event instanceof Completed || event instanceof Failed;
    }
}
