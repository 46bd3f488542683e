package io.infraai.logs;

import java.util.Objects;
import java.util.logging.LogRecord;

import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The canary {@code c4n4ry} stands where the secret is. */
class RedactingFilterTest {

    private final RedactingFilter filter = new RedactingFilter();

    private static ExtLogRecord line(String format, Object... parameters) {
        var line = new ExtLogRecord(Level.WARN, format, ExtLogRecord.FormatStyle.PRINTF, "test");
        line.setParameters(parameters);
        return line;
    }

    private static String shown(LogRecord line) {
        return new PatternFormatter("%s").formatMessage(line);
    }

    @Test
    void aSecretIsTakenOutOfALineAndItsParameters() {
        var line = line("Refused: %s by %s", "Authorization: Bearer c4n4ry", "ann");

        assertThat(filter.isLoggable(line)).isTrue();

        assertThat(shown(line)).contains("ann").contains(Redaction.MARK).doesNotContain("c4n4ry");
    }

    @Test
    void whatStandsInALineAfterwardsIsNoFormat() {
        var line = line("%s and 100%% of password=c4n4ry", "half");

        filter.isLoggable(line);

        assertThat(shown(line)).isEqualTo("half and 100% of password=" + Redaction.MARK);
    }

    @Test
    void aSecretIsTakenOutOfExceptionsAndTheirCauses() {
        var cause = new IllegalStateException("redis://:c4n4ry@redis:6379 is away");
        var line = line("Went wrong");
        line.setThrown(new IllegalArgumentException("because", cause));

        filter.isLoggable(line);

        var shown = line.getThrown();
        var shownCause = Objects.requireNonNull(shown.getCause());
        assertThat(shown).hasMessage("java.lang.IllegalArgumentException: because");
        assertThat(shownCause)
                .hasMessage("java.lang.IllegalStateException: redis://:" + Redaction.MARK + "@redis:6379 is away");
        assertThat(shownCause.getStackTrace()).isEqualTo(cause.getStackTrace());
    }

    @Test
    void aHarmlessLineStaysAsItIs() {
        var failure = new IllegalStateException("no route to host");
        var line = line("Task %d ended as %s", 7, "done");
        line.setThrown(failure);

        filter.isLoggable(line);

        assertThat(line.getMessage()).isEqualTo("Task %d ended as %s");
        assertThat(line.getThrown()).isSameAs(failure);
    }

    @Test
    void aLineOfTheJdksOwnLoggerIsRedactedToo() {
        var line = new LogRecord(Level.INFO, "token=c4n4ry");

        filter.isLoggable(line);

        assertThat(line.getMessage()).doesNotContain("c4n4ry");
    }
}
