package io.infraai.engine.untrusted;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.engine.turn.Progress;

/**
 * The names that a conversation has come across: those that its user wrote, and those that stand in a result where a platform
 * puts names. What stands in a text that strangers write, a log line for instance, isn't one.
 */
final class KnownNames {

    /** Texts that results keep because they are asked for; a name in them is only said by somebody. */
    private static final Set<String> TEXTS = Set.of(
            "log",
            "lines",
            "message",
            "text",
            "summary",
            "help",
            "last_error",
            "error",
            "preview",
            "content",
            "output",
            "reason",
            "args",
            "command",
            "env",
            "data",
            "value");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]{0,252}");
    private static final Pattern SPACED = Pattern.compile("[^\\p{Cntrl}{}]{1,80}");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*[A-Za-z0-9]|[A-Za-z0-9]");

    /** As controllers name their pods: the controller is known with the pod. */
    private static final Pattern OF_CONTROLLER =
            Pattern.compile("(.+?)(?:-[a-z0-9]{5,10}-[a-z0-9]{5}|-[a-z0-9]{5,10}|-[0-9]{1,3})");

    private static final int MOST = 20_000;
    private static final int DEEPEST = 40;
    private static final int SUGGESTED = 3;
    private static final int FARTHEST = 2;

    private final Set<String> names = new HashSet<>();
    private final Set<String> said = new HashSet<>();
    private final StringBuilder messages = new StringBuilder();

    /** What the user wrote. */
    KnownNames say(String message) {
        var lower = message.toLowerCase(Locale.ROOT);
        messages.append('\n').append(lower);
        WORD.matcher(lower).results().forEach(found -> said.add(found.group()));
        return this;
    }

    KnownNames see(UUID turnId, Progress progress) {
        progress.rounds().stream().flatMap(round -> round.results()).forEach(result -> {
            var masked = Masked.of(
                    turnId, result.request().callId(), result.request().tool(), result.result());
            if (masked.result() instanceof Done(var _, var detail)) {
                collect("", detail, 0);
                lookedUp(result.request().arguments());
            }
        });
        return this;
    }

    /** What a tool was asked about by name, and found: its platform knows it. */
    private void lookedUp(JsonNode arguments) {
        var named = arguments.properties().stream()
                .filter(each -> each.getKey().equals("name") || each.getKey().endsWith("_name"))
                .toList();
        named.forEach(each -> add(each.getValue().asText()));
        if (!named.isEmpty() && arguments.hasNonNull("namespace")) {
            add(arguments.path("namespace").asText());
        }
    }

    KnownNames add(String name) {
        if (names.size() < MOST) {
            names.add(name.toLowerCase(Locale.ROOT));
            var made = OF_CONTROLLER.matcher(name);
            if (made.matches()) {
                names.add(made.group(1).toLowerCase(Locale.ROOT));
            }
        }
        return this;
    }

    private void collect(String field, JsonNode value, int depth) {
        if (TEXTS.contains(field) || depth > DEEPEST) {
            return;
        }
        if (value.isObject()) {
            value.properties().forEach(each -> collect(each.getKey(), each.getValue(), depth + 1));
        } else if (value.isArray()) {
            value.forEach(each -> collect(field, each, depth + 1));
        } else if (value.isTextual()) {
            text(field, value.textValue());
        }
    }

    private void text(String field, String text) {
        if (NAME.matcher(text).matches()) {
            add(text);
            for (var part : text.split("[/:]", -1)) {
                if (!part.isEmpty()) {
                    add(part);
                }
            }
        } else if (field.equals("name") && SPACED.matcher(text).matches()) {
            add(text);
        }
    }

    boolean knows(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return names.contains(lower)
                || said.contains(lower)
                // machines and folders may have blanks in their names
                || (lower.length() > 2 && !NAME.matcher(lower).matches() && messages.indexOf(lower) >= 0);
    }

    /** Known names that are nearly this one. */
    List<String> near(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        var near = new TreeSet<String>();
        for (var known : names) {
            if (known.startsWith(lower + "-") || lower.startsWith(known + "-") || distance(known, lower) <= FARTHEST) {
                near.add(known);
            }
        }
        return near.stream().limit(SUGGESTED).toList();
    }

    /** Letters to add, take away or change; more than two are all the same. */
    private static int distance(String one, String other) {
        if (Math.abs(one.length() - other.length()) > FARTHEST || Math.min(one.length(), other.length()) <= FARTHEST) {
            return FARTHEST + 1;
        }
        var row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            var before = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                var changed = before + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                before = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
