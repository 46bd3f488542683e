package io.infraai.standalone.chat;

import java.io.PrintStream;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/** Shows a turn to a person. What models and tools say is shown as text, never as a terminal's commands. */
final class Screen {

    private static final Pattern COMMANDS = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\\n\\t]]");
    private static final int LONGEST_ARGUMENTS = 200;

    private final PrintStream out;
    private final StringBuilder written = new StringBuilder();

    Screen(PrintStream out) {
        this.out = out;
    }

    void show(JsonNode frame) {
        switch (frame.path("type").asText()) {
            case "started" -> again(frame.path("attempt").asInt());
            case "token" -> write(frame.path("text").asText());
            case "tool_call" -> line("→ " + text(frame, "tool") + " " + arguments(frame));
            case "tool_result" ->
                line((text(frame, "status").equals("done") ? "  ✔ " : "  ✘ ") + text(frame, "summary"));
            case "task" -> line("  as task " + frame.path("task_id").asLong());
            case "approval_required" -> {
                line("  waits for approval: " + text(frame, "tool"));
                Request.lines(frame.path("approval")).forEach(each -> line("    " + plain(each)));
            }
            case "done" -> reply(text(frame, "reply"));
            case "error" -> line("✘ " + text(frame, "message"));
            default -> {}
        }
        out.flush();
    }

    void say(String line) {
        line(plain(line));
        out.flush();
    }

    void prompt(String text) {
        out.print(text);
        out.flush();
    }

    private void again(int attempt) {
        if (attempt > 1) {
            line("(begun again)");
        }
    }

    private void write(String text) {
        written.append(text);
        out.print(plain(text));
    }

    /** Nothing more when it was written piece by piece, and none was lost. */
    private void reply(String reply) {
        if (written.toString().strip().equals(reply.strip())) {
            line("");
        } else {
            line(plain(reply));
        }
    }

    private void line(String text) {
        if (!written.isEmpty()) {
            out.println();
            written.setLength(0);
            if (text.isEmpty()) {
                return;
            }
        }
        out.println(text);
    }

    private static String arguments(JsonNode frame) {
        var text = plain(frame.path("arguments").toString());
        return text.length() <= LONGEST_ARGUMENTS ? text : text.substring(0, LONGEST_ARGUMENTS) + "…";
    }

    private static String text(JsonNode frame, String field) {
        return plain(frame.path(field).asText());
    }

    static String plain(String text) {
        return COMMANDS.matcher(text).replaceAll("");
    }
}
