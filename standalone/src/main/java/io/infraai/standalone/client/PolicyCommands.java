package io.infraai.standalone.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.infraai.standalone.client.Screen.Column;

/** {@code policies …} and {@code templates …}. */
final class PolicyCommands {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String POLICIES = "/api/policies";
    private static final String TEMPLATES = "/api/templates";
    private static final String POLICY = "a policy's id";

    private final Connection connection;
    private final Screen screen;

    PolicyCommands(Connection connection, Screen screen) {
        this.connection = connection;
        this.screen = screen;
    }

    void policies(String verb, Words words) throws IOException, InterruptedException, Refused, Misused {
        switch (verb) {
            case "list" -> {
                words.end();
                screen.table(
                        connection.get(POLICIES).path("items"),
                        Column.of("ID", "id"),
                        Column.of("REV", "revision"),
                        Column.of("PRIORITY", "priority"),
                        Column.of("MODE", "mode"),
                        Column.of("ENABLED", "enabled"),
                        Column.of("TOOL", "action/tool"),
                        Column.of("NAME", "name"));
            }
            case "show" -> {
                var id = words.id(POLICY);
                words.end();
                screen.show(connection.get(POLICIES + "/" + id));
            }
            case "apply" -> {
                var file = words.next("a file, or - for what is typed");
                words.end();
                for (var each : documents(file)) {
                    apply(each);
                }
            }
            case "delete" -> {
                var id = words.id(POLICY);
                words.end();
                screen.say(connection.call("DELETE", POLICIES + "/" + id, null), "Deleted policy " + id);
            }
            case "simulate" -> simulate(words);
            default ->
                throw new Misused("policies can list, show ID, apply FILE, delete ID, simulate [FILE] --since 7d");
        }
    }

    void templates(String verb, Words words) throws IOException, InterruptedException, Refused, Misused {
        switch (verb) {
            case "list" -> {
                words.end();
                screen.table(
                        connection.get(TEMPLATES).path("items"),
                        Column.of("NAME", "name"),
                        Column.of("TOOL", "policy/action/tool"),
                        new Column(
                                "ALERTS",
                                row -> String.join(", ", JSON.convertValue(row.path("alerts"), String[].class))),
                        Column.of("TITLE", "title"));
            }
            case "show" -> {
                var name = words.next("a template's name");
                words.end();
                screen.show(connection.get(TEMPLATES + "/" + Connection.encoded(name)));
            }
            case "use" -> use(words);
            default ->
                throw new Misused("templates can list, show NAME, use NAME [--set KEY=VALUE]… [--name N] [--mode M]");
        }
    }

    private void use(Words words) throws IOException, InterruptedException, Refused, Misused {
        var name = words.next("a template's name");
        words.end("--set", "--name", "--mode");
        var template = connection.get(TEMPLATES + "/" + Connection.encoded(name));
        var wish = JsonNodeFactory.instance.objectNode();
        var parameters = wish.putObject("parameters");
        for (var setting : words.all("--set")) {
            var sign = setting.indexOf('=');
            if (sign < 1) {
                throw new Misused("--set wants KEY=VALUE, not '" + setting + "'");
            }
            set(parameters, template, setting.substring(0, sign), setting.substring(sign + 1));
        }
        words.one("--name").ifPresent(own -> wish.put("name", own));
        words.one("--mode").ifPresent(mode -> wish.put("mode", mode));
        said("Saved", connection.call("POST", TEMPLATES + "/" + Connection.encoded(name) + "/policies", wish));
    }

    /** As a number where the template wants one; what is none is left to be refused. */
    private static void set(ObjectNode parameters, JsonNode template, String key, String value) {
        for (var parameter : template.path("parameters")) {
            if (parameter.path("name").asText().equals(key)
                    && parameter.path("type").asText().equals("number")
                    && value.matches("-?[0-9]{1,15}(\\.[0-9]{1,9})?")) {
                parameters.set(key, number(value));
                return;
            }
        }
        parameters.put(key, value);
    }

    private static JsonNode number(String value) {
        return value.contains(".")
                ? JsonNodeFactory.instance.numberNode(Double.parseDouble(value))
                : JsonNodeFactory.instance.numberNode(Long.parseLong(value));
    }

    /** Saves a new revision of the policy with this id, or else of the one with this name, and a new policy where there is none. */
    private void apply(ObjectNode document) throws IOException, InterruptedException, Refused, Misused {
        var stored = stored(document);
        if (stored.isEmpty()) {
            said("Saved", connection.call("POST", POLICIES, document));
            return;
        }
        var path = POLICIES + "/" + stored.get().path("id").asLong();
        var revision =
                document.path("revision").asInt(stored.get().path("revision").asInt());
        said("Changed", connection.call("PUT", path, document, "If-Match", "\"" + revision + "\""));
    }

    private Optional<JsonNode> stored(ObjectNode document) throws IOException, InterruptedException, Refused, Misused {
        if (document.has("id")) {
            return Optional.of(
                    connection.get(POLICIES + "/" + document.get("id").asLong()));
        }
        var found = JsonNodeFactory.instance.arrayNode();
        for (var each : connection.get(POLICIES).path("items")) {
            if (each.path("name").equals(document.path("name"))) {
                found.add(each);
            }
        }
        if (found.size() > 1) {
            throw new Misused(
                    "several policies have the name '" + document.path("name").asText() + "': give an id");
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(0));
    }

    private void said(String verb, JsonNode policy) {
        screen.say(
                policy,
                "%s policy %d, revision %d, %s: %s"
                        .formatted(
                                verb,
                                policy.path("id").asLong(),
                                policy.path("revision").asInt(),
                                policy.path("mode").asText(),
                                policy.path("name").asText()));
    }

    /** Without a file all stored policies; with one its policies. */
    private void simulate(Words words) throws IOException, InterruptedException, Refused, Misused {
        var file = words.isAtEnd() ? Optional.<String>empty() : Optional.of(words.next("a file"));
        words.end("--since");
        var wish = JsonNodeFactory.instance
                .objectNode()
                .put("since", words.one("--since").orElse("7d"));
        if (file.isPresent()) {
            var policies = wish.putArray("policies");
            documents(file.get()).forEach(policies::add);
        }
        var forecast = connection.call("POST", POLICIES + "/simulate", wish);
        var rows = JsonNodeFactory.instance.arrayNode();
        for (var alert : forecast.path("alerts")) {
            for (var match : alert.path("matched")) {
                rows.add(((ObjectNode) match.deepCopy()).set("alert", alert));
            }
        }
        screen.table(
                words.json() ? forecast : rows,
                Column.of("POLICY", "policy_id"),
                Column.of("OUTCOME", "outcome"),
                Column.of("ALERT", "alert/labels/alertname"),
                Column.of("EPISODE", "alert/episode_id"),
                Column.of("REASON", "reason"));
    }

    private static Iterable<ObjectNode> documents(String file) throws IOException, Misused {
        var documents = new ArrayList<ObjectNode>();
        try {
            var text = file.equals("-")
                    ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(Path.of(file));
            var read = JSON.readTree(text);
            for (var each : read instanceof ArrayNode list
                    ? list
                    : JsonNodeFactory.instance.arrayNode().add(read)) {
                if (!(each instanceof ObjectNode document)) {
                    throw new Misused(file + " holds no policy: it must be a JSON object or a list of them");
                }
                documents.add(document);
            }
        } catch (NoSuchFileException _) {
            throw new Misused("there is no file " + file);
        } catch (JsonProcessingException e) {
            throw new Misused(file + " isn't JSON: " + e.getOriginalMessage());
        }
        return documents;
    }
}
