package io.infraai.standalone.client;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A command as it was typed: words in their order, and options wherever they stood. */
final class Words {

    private static final Set<String> FLAGS = Set.of("--json");
    private static final Set<String> EVERYWHERE = Set.of("--json", "--port", "--url", "--key-file");

    private final Deque<String> words = new ArrayDeque<>();
    private final Map<String, List<String>> options = new HashMap<>();

    private Words() {}

    static Words of(String... arguments) throws Misused {
        var words = new Words();
        for (int i = 0; i < arguments.length; i++) {
            var each = arguments[i];
            if (!each.startsWith("--")) {
                words.words.add(each);
            } else if (FLAGS.contains(each)) {
                words.options.put(each, List.of(""));
            } else if (i + 1 == arguments.length) {
                throw new Misused(each + " wants a value");
            } else {
                words.options.computeIfAbsent(each, _ -> new ArrayList<>()).add(arguments[++i]);
            }
        }
        return words;
    }

    boolean isAtEnd() {
        return words.isEmpty();
    }

    /** The next word, which must be there. */
    String next(String what) throws Misused {
        var next = words.poll();
        if (next == null) {
            throw new Misused("say " + what);
        }
        return next;
    }

    /** The next word, as a number that can stand in a path. */
    String id(String what) throws Misused {
        var id = next(what);
        if (!id.matches("[0-9]{1,18}")) {
            throw new Misused("'" + id + "' isn't " + what);
        }
        return id;
    }

    /** Refuses what nobody asked for: a misspelt option must not be taken for its absence. */
    void end(String... known) throws Misused {
        if (!words.isEmpty()) {
            throw new Misused("there is a word too many: '" + words.peek() + "'");
        }
        for (var option : options.keySet()) {
            if (!EVERYWHERE.contains(option) && !List.of(known).contains(option)) {
                throw new Misused("there is no option " + option + " here"
                        + (known.length == 0 ? "" : "; known are " + String.join(", ", known)));
            }
        }
    }

    List<String> all(String option) {
        return options.getOrDefault(option, List.of());
    }

    Optional<String> one(String option) throws Misused {
        var values = all(option);
        if (values.size() > 1) {
            throw new Misused("say " + option + " once");
        }
        return values.stream().findFirst();
    }

    boolean json() {
        return options.containsKey("--json");
    }

    URI base() throws Misused {
        var url = one("--url");
        var port = one("--port").orElse("8080");
        if (!port.matches("[0-9]{1,5}")) {
            throw new Misused("--port wants a number from 1 to 65535, not '" + port + "'");
        }
        try {
            var base = URI.create(url.map(it -> it.replaceAll("/+$", "")).orElse("http://localhost:" + port));
            if (base.getHost() == null) {
                throw new Misused("--url wants something like https://infraai.example");
            }
            return base;
        } catch (IllegalArgumentException _) {
            throw new Misused("--url wants something like https://infraai.example");
        }
    }

    /** The first one said: the script that calls this says one last. */
    Path keyFile() {
        var files = all("--key-file");
        return files.isEmpty() ? Path.of(".infraai", "admin.key") : Path.of(files.getFirst());
    }
}
