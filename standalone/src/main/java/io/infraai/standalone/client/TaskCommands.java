package io.infraai.standalone.client;

import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.infraai.standalone.client.Screen.Column;

/** {@code tasks …} and {@code approvals …}. */
final class TaskCommands {

    private static final int USUAL = 50;
    private static final String TASK = "a task's id";
    private static final String APPROVAL = "an approval's id";

    private final Connection connection;
    private final Screen screen;

    TaskCommands(Connection connection, Screen screen) {
        this.connection = connection;
        this.screen = screen;
    }

    void tasks(String verb, Words words) throws IOException, InterruptedException, Refused, Misused {
        switch (verb) {
            case "list" -> {
                words.end("--state", "--effect", "--limit");
                screen.table(
                        connection.list("/api/tasks" + filter(words, "state", "effect"), limit(words)),
                        Column.of("ID", "id"),
                        Column.of("STATE", "state"),
                        Column.of("EFFECT", "verification/state"),
                        Column.of("TOOL", "tool"),
                        Column.of("TARGET", "target"),
                        Column.of("BY", "requested_by"),
                        Column.of("CREATED", "created_at"),
                        Column.of("REASON", "reason"));
            }
            case "show" -> {
                var id = words.id(TASK);
                words.end();
                screen.show(connection.get("/api/tasks/" + id));
            }
            case "cancel", "retry" -> {
                var id = words.id(TASK);
                words.end();
                var moved =
                        connection.call("POST", "/api/tasks/" + id + "/" + verb, JsonNodeFactory.instance.objectNode());
                screen.say(moved, "Task " + id + " is " + moved.path("state").asText());
            }
            default -> throw new Misused("tasks can list [--state S] [--effect E], show ID, cancel ID, retry ID");
        }
    }

    void approvals(String verb, Words words) throws IOException, InterruptedException, Refused, Misused {
        switch (verb) {
            case "list" -> {
                words.end("--state", "--limit");
                screen.table(
                        connection.list("/api/approvals" + filter(words, "state"), limit(words)),
                        Column.of("ID", "id"),
                        Column.of("STATE", "state"),
                        Column.of("TASK", "task_id"),
                        Column.of("BY", "requested_by"),
                        Column.of("EXPIRES", "expires_at"),
                        Column.of("WHAT", "sentence"));
            }
            case "show" -> {
                var id = words.id(APPROVAL);
                words.end();
                screen.show(connection.get("/api/approvals/" + id));
            }
            case "approve", "reject" -> {
                var id = words.id(APPROVAL);
                words.end("--comment");
                var wish = JsonNodeFactory.instance.objectNode();
                words.one("--comment").ifPresent(comment -> wish.put("comment", comment));
                var now = connection.call("POST", "/api/approvals/" + id + "/" + verb, wish);
                screen.say(now, "Approval " + id + " is " + now.path("state").asText());
            }
            default -> throw new Misused("approvals can list [--state S], show ID, approve ID, reject ID");
        }
    }

    private static String filter(Words words, String... names) {
        var wanted = Stream.of(names)
                .flatMap(name -> words.all("--" + name).stream().map(value -> name + "=" + Connection.encoded(value)))
                .collect(Collectors.joining("&"));
        return wanted.isEmpty() ? "" : "?" + wanted;
    }

    static int limit(Words words) throws Misused {
        var limit = words.one("--limit").orElse(Integer.toString(USUAL));
        if (!limit.matches("[1-9][0-9]{0,4}")) {
            throw new Misused("--limit wants a number from 1 to 99999, not '" + limit + "'");
        }
        return Integer.parseInt(limit);
    }
}
