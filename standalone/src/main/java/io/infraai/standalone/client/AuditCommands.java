package io.infraai.standalone.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.infraai.standalone.client.Screen.Column;

/** {@code audit …}. */
final class AuditCommands {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FILE = "--anchors";

    /** Of a file's heads: an older one is on the way to them. */
    private static final int ANCHORS = 100;

    private final Connection connection;
    private final Screen screen;

    AuditCommands(Connection connection, Screen screen) {
        this.connection = connection;
        this.screen = screen;
    }

    void audit(String verb, Words words) throws IOException, InterruptedException, Refused, Misused {
        switch (verb) {
            case "list" -> {
                words.end("--actor", "--action", "--target", "--task", "--limit");
                screen.table(
                        connection.list("/api/audit" + filters(words), TaskCommands.limit(words)),
                        Column.of("SEQ", "seq"),
                        Column.of("AT", "at"),
                        Column.of("ACTOR", "actor"),
                        Column.of("ACTION", "action"),
                        Column.of("TARGET", "target"),
                        Column.of("TASK", "task_id"),
                        Column.of("DETAIL", "detail"));
            }
            case "verify" -> verify(words);
            default ->
                throw new Misused(
                        "audit can list [--actor A] [--action A] [--target T] [--task ID], verify [--anchors FILE]");
        }
    }

    private static String filters(Words words) {
        var query = new StringBuilder();
        for (var name : new String[] {"actor", "action", "target", "task"}) {
            for (var value : words.all("--" + name)) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(Connection.encoded(value));
            }
        }
        return query.toString();
    }

    /** To the end, however many calls it takes. What the file holds must still be in the log, and its end is added to it. */
    private void verify(Words words) throws IOException, InterruptedException, Refused, Misused {
        words.end(FILE);
        var file = words.one(FILE).map(Path::of);
        var wish = JsonNodeFactory.instance.objectNode();
        anchors(file, wish);
        var checked = 0L;
        var check = check(wish);
        while (check.path("valid").asBoolean() && !check.path("complete").asBoolean()) {
            checked += check.path("checked").asLong();
            wish.set("after", check.path("head"));
            check = check(wish);
        }
        checked += check.path("checked").asLong();
        if (!check.path("valid").asBoolean()) {
            if (words.json()) {
                screen.show(check);
            }
            var broken = check.path("first_broken");
            throw new Refused("the log is broken at %d: %s. %s"
                    .formatted(
                            broken.path("index").asLong(),
                            broken.path("problem").asText(),
                            broken.path("detail").asText()));
        }
        if (file.isPresent()) {
            Files.writeString(
                    file.get(), check.path("head") + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        screen.say(
                check,
                "%d entries are as they were written; %d wait to be chained. Head: %s"
                        .formatted(checked, check.path("unsealed").asLong(), check.path("head")));
    }

    private JsonNode check(ObjectNode wish) throws IOException, InterruptedException, Refused {
        return connection.call("POST", "/api/audit/verify", wish);
    }

    private static void anchors(Optional<Path> file, ObjectNode wish) throws IOException {
        if (file.isPresent() && Files.exists(file.get())) {
            var anchors = wish.putArray("anchors");
            var lines = Files.readAllLines(file.get());
            for (var line : lines.subList(Math.max(0, lines.size() - ANCHORS), lines.size())) {
                anchors.add(JSON.readTree(line));
            }
        }
    }
}
