package io.infraai.engine.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.infraai.contracts.chat.ChatTurn;
import io.infraai.contracts.chat.NumberedReply;
import io.infraai.contracts.chat.ReplyEvent;
import io.infraai.engine.untrusted.Quotes;

/**
 * How much of a session a model is shown: the latest turns that fit the budget, and a line for each of those before. The
 * lines are made by code, not by a model: they cost nothing, can't fail, and carry no tool's text.
 *
 * @param summary of the turns before {@code turns}
 * @param upTo number of the last turn that is in the summary
 */
public record Memory(String summary, int upTo, List<ChatTurn> turns) {

    private static final int MOST_SUMMARY = 8_000;
    private static final int MOST_ASKED = 160;
    private static final int MOST_ANSWERED = 240;

    public Memory {
        turns = List.copyOf(turns);
    }

    /**
     * @param earlier the session's turns, the oldest first
     * @param budget in characters
     */
    public static Memory of(String summary, List<ChatTurn> earlier, int budget) {
        var kept = 0;
        var used = 0;
        while (kept < earlier.size()) {
            used += length(earlier.get(earlier.size() - 1 - kept));
            if (used > budget && kept > 0) {
                break;
            }
            kept++;
        }
        var older = earlier.subList(0, earlier.size() - kept);
        return new Memory(
                bounded(summary, older),
                older.isEmpty() ? 0 : older.getLast().number(),
                earlier.subList(older.size(), earlier.size()));
    }

    /** Whether there is more in the summary than is stored. */
    public boolean grew() {
        return upTo > 0;
    }

    private static int length(ChatTurn turn) {
        return turn.message().length() + answer(turn).length();
    }

    private static String bounded(String summary, List<ChatTurn> older) {
        var lines = new ArrayList<>(summary.lines().toList());
        older.forEach(turn -> lines.add(line(turn)));
        while (lines.size() > 1
                && lines.stream().mapToInt(line -> line.length() + 1).sum() > MOST_SUMMARY) {
            lines.removeFirst();
        }
        return String.join("\n", lines);
    }

    private static String line(ChatTurn turn) {
        var tools = turn.events().stream()
                .map(NumberedReply::event)
                .filter(ReplyEvent.Reasoned.class::isInstance)
                .map(ReplyEvent.Reasoned.class::cast)
                .flatMap(reasoned -> reasoned.calls().stream())
                .map(call -> call.tool() + cut(call.arguments().toString(), 120))
                .distinct()
                .limit(6)
                .collect(Collectors.joining(", "));
        return "Asked: " + cut(turn.message(), MOST_ASKED) + (tools.isEmpty() ? "" : " | used: " + tools)
                + " | answered: " + cut(Quotes.without(answer(turn)), MOST_ANSWERED);
    }

    static String answer(ChatTurn turn) {
        return turn.events().stream()
                .map(NumberedReply::event)
                .map(event -> switch (event) {
                    case ReplyEvent.Completed(var text, var _, var _) -> text;
                    case ReplyEvent.Failed(var _, var message, var _) -> "(no answer: " + message + ")";
                    default -> "";
                })
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("(not answered yet)");
    }

    private static String cut(String text, int most) {
        var line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= most ? line : line.substring(0, most) + "…";
    }
}
