package io.infraai.standalone;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * What the command line asks for.
 *
 * @param live uses the kubeconfig and the configured servers instead of simulators
 * @param fresh empties the data first
 */
record Options(Path home, int port, boolean live, boolean fresh) {

    private static final int DEFAULT_PORT = 8080;

    /**
     * @throws IllegalArgumentException with a sentence for the user
     */
    static Options parse(Path home, List<String> arguments) {
        var options = new Options(home, DEFAULT_PORT, false, false);
        for (var words = arguments.iterator(); words.hasNext(); ) {
            options = switch (words.next()) {
                case "--port" -> new Options(home, port(words), options.live, options.fresh);
                case "--live" -> new Options(home, options.port, true, options.fresh);
                case "--fresh" -> new Options(home, options.port, options.live, true);
                case String other ->
                    throw new IllegalArgumentException(
                            "'" + other + "' is not an option of up; it knows --port N, --live and --fresh");
            };
        }
        return options;
    }

    private static int port(Iterator<String> words) {
        var word = words.hasNext() ? words.next() : "";
        try {
            var port = Integer.parseInt(word);
            if (port >= 1 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException _) {
            // told below, as any other number out of range
        }
        throw new IllegalArgumentException("--port wants a number from 1 to 65535, not '" + word + "'");
    }
}
