package io.infraai.simulators.http;

import java.time.Duration;
import java.util.Map;

/** A way in which a call goes wrong. */
public sealed interface HttpFault {

    /** Nothing is done; this is answered: an error, a page of HTML, a redirect. */
    record Instead(HttpAnswer answer) implements HttpFault {}

    /** The call is done at once, its answer held back. */
    record Late(Duration delay) implements HttpFault {}

    /** Nothing is done and nothing is answered, the connection stays open. */
    record Silence() implements HttpFault {}

    /** The connection is closed, nothing is done. */
    record Cut() implements HttpFault {}

    /** The call is done, then the connection is closed without an answer. */
    record LostAnswer() implements HttpFault {}

    /** An answer that begins as JSON and goes on for so many bytes. */
    record Huge(long bytes) implements HttpFault {}

    /** An answer of which one byte arrives every so often, without an end. */
    record Drip(Duration every) implements HttpFault {}

    static HttpFault status(int status) {
        return new Instead(HttpAnswer.text(status, "fault"));
    }

    static HttpFault html(int status) {
        return new Instead(new HttpAnswer(
                status, Map.of("Content-Type", "text/html"), "<html><body>Please sign in</body></html>"));
    }
}
