package io.infraai.engine.turn;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.infraai.contracts.chat.ReplyEvent;
import io.infraai.contracts.chat.Usage;

/** What has happened in a turn so far: its stored events, folded. */
public record Progress(List<Round> rounds, Usage usage) {

    public static final Progress NONE = new Progress(List.of(), Usage.NONE);

    public Progress {
        rounds = List.copyOf(rounds);
    }

    public static Progress of(List<ReplyEvent> events) {
        var progress = NONE;
        for (var event : events) {
            progress = progress.after(event);
        }
        return progress;
    }

    public Progress after(ReplyEvent event) {
        return switch (event) {
            case ReplyEvent.Reasoned reasoned -> reasoned(reasoned);
            case ReplyEvent.TaskAsked(var callId, var _, var taskId) ->
                change(callId, call -> call.now(new CallState.AsTask(taskId, false)));
            case ReplyEvent.ApprovalRequired(var callId, var _, var taskId, var _) ->
                change(callId, call -> call.now(new CallState.AsTask(taskId, true)));
            case ReplyEvent.ToolFinished(var callId, var _, var result) ->
                change(callId, call -> call.now(new CallState.Finished(result)));
            case ReplyEvent.Started _, ReplyEvent.Delta _, ReplyEvent.Completed _, ReplyEvent.Failed _ -> this;
        };
    }

    private Progress reasoned(ReplyEvent.Reasoned reasoned) {
        var calls = reasoned.calls().stream()
                .map(request -> new Call(request, new CallState.Asked()))
                .toList();
        var more = new ArrayList<>(rounds);
        more.add(new Round(reasoned.text(), calls));
        return new Progress(more, usage.plus(reasoned.usage()));
    }

    /** Only the latest round can have calls that aren't finished. */
    private Progress change(String callId, UnaryOperator<Call> change) {
        if (rounds.isEmpty()) {
            return this;
        }
        var changed = new ArrayList<>(rounds);
        changed.set(changed.size() - 1, changed.getLast().change(callId, change));
        return new Progress(changed, usage);
    }

    public Stream<Call> calls() {
        return rounds.stream().flatMap(round -> round.calls().stream());
    }
}
