package io.infraai.logs;

import java.util.logging.Filter;
import java.util.logging.LogRecord;

import io.quarkus.logging.LoggingFilter;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;

/** Takes secrets out of whatever is logged, by us or by a library: the last thing that happens to a line before it is written. */
@LoggingFilter(name = "redaction")
public final class RedactingFilter implements Filter {

    /** A secret may come with a parameter, and only the whole shows what stands before it. */
    private static final PatternFormatter WHOLE = new PatternFormatter("%s");

    @Override
    public boolean isLoggable(LogRecord line) {
        var text = line.getMessage() == null ? null : WHOLE.formatMessage(line);
        if (text != null) {
            var shown = Redaction.text(text);
            if (!shown.equals(text)) {
                replace(line, shown);
            }
        }
        if (line.getThrown() != null && RedactedFailure.tells(line.getThrown())) {
            line.setThrown(RedactedFailure.of(line.getThrown()));
        }
        return true;
    }

    private static void replace(LogRecord line, String text) {
        line.setParameters(null);
        if (line instanceof ExtLogRecord extended) {
            extended.setMessage(text, ExtLogRecord.FormatStyle.NO_FORMAT);
        } else {
            line.setMessage(text);
        }
    }
}
