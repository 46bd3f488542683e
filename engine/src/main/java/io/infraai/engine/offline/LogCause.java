package io.infraai.engine.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The line of a log that says why a program ended, by the words with which programs say it. The last line often says only that
 * it ends.
 */
final class LogCause {

    /** A reason by itself. */
    private static final Pattern REASON = Pattern.compile(
            "refused|timed? ?out|deadline exceeded|denied|unauthori[sz]ed|forbidden|not found|no such|unreachable|no route"
                    + "|unknown host|no space|out of memory|outofmemory|missing|invalid|expired|unable to|cannot |can't |could ?n[o']t"
                    + "|couldn't|not permitted|already in use|too many|corrupt|unexpected|nullpointer|undefined|certificate|x509"
                    + "|no database|permission|segfault|segmentation|stack overflow|dns|eof\\b");

    private static final Pattern ERROR =
            Pattern.compile("caused by|panic|fatal|exception|error|\\berr\\b|fail|critical|severe|abort");

    /** Says that it ends, or where, and not why. */
    private static final Pattern FAREWELL = Pattern.compile(
            "exit(ing|ed)?\\b|shutting down|shutdown|stopping|stopped|terminat|goodbye|^\\s+at |^\\s*\\.\\.\\. \\d+ more|goroutine \\d+"
                    + "|retrying|restarting");

    private static final int LATEST = 200;

    private LogCause() {}

    /** Empty where no line says of a failure. */
    static Optional<String> of(String log) {
        var lines = lines(log);
        var best = 0;
        var found = Optional.<String>empty();
        for (var line : lines.subList(Math.max(0, lines.size() - LATEST), lines.size())) {
            var weight = weight(line.toLowerCase(Locale.ROOT));
            // of equals the later: what came before may have been got over
            if (weight > 0 && weight >= best) {
                best = weight;
                found = Optional.of(line);
            }
        }
        return found;
    }

    private static int weight(String line) {
        var reason = REASON.matcher(line).find();
        var error = ERROR.matcher(line).find();
        var weight = (reason ? 4 : 0) + (error ? 2 : 0);
        return FAREWELL.matcher(line).find() ? weight - 3 : weight;
    }

    static Optional<String> last(String log) {
        var lines = lines(log);
        return lines.isEmpty() ? Optional.empty() : Optional.of(lines.getLast());
    }

    private static List<String> lines(String log) {
        var lines = new ArrayList<String>();
        log.lines().filter(line -> !line.isBlank()).forEach(lines::add);
        return lines;
    }
}
