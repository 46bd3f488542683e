package io.infraai.standalone.chat;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;

/**
 * What the client was asked for.
 *
 * @param message one to be answered before it ends; without, it asks for one after the other
 * @param raw whether to print the frames as they come, one a line
 */
record ChatOptions(URI base, Path keyFile, Optional<String> session, boolean raw, Optional<String> message) {

    /**
     * @throws IllegalArgumentException with what is wrong with them
     */
    static ChatOptions of(String... arguments) {
        var port = 8080;
        var keyFile = Path.of(".infraai", "admin.key");
        Optional<String> session = Optional.empty();
        var raw = false;
        var words = new ArrayList<String>();
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--port" -> port = port(value(arguments, ++i));
                case "--key-file" -> keyFile = Path.of(value(arguments, ++i));
                case "--session" -> session = Optional.of(value(arguments, ++i));
                case "--json" -> raw = true;
                default -> words.add(word(arguments[i]));
            }
        }
        var message = words.isEmpty() ? Optional.<String>empty() : Optional.of(String.join(" ", words));
        return new ChatOptions(URI.create("http://localhost:" + port), keyFile, session, raw, message);
    }

    private static int port(String text) {
        if (!text.matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("--port wants a number from 1 to 65535, not '" + text + "'");
        }
        return Integer.parseInt(text);
    }

    private static String value(String[] arguments, int index) {
        if (index >= arguments.length) {
            throw new IllegalArgumentException(arguments[index - 1] + " wants a value");
        }
        return arguments[index];
    }

    private static String word(String argument) {
        if (argument.startsWith("--")) {
            throw new IllegalArgumentException("'" + argument
                    + "' is not an option of chat; it knows --session ID, --json, --port N and --key-file F");
        }
        return argument;
    }
}
