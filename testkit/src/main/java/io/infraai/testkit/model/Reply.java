package io.infraai.testkit.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the scripted server does with a request. */
public sealed interface Reply {

    /** An answer at once, as errors are. */
    record Page(int status, Map<String, String> headers, String body) implements Reply {}

    /**
     * An answer in pieces.
     *
     * @param frames server-sent events, blank lines included
     * @param packet so many bytes at a time, wherever that cuts; 0 for a frame at a time
     * @param pause between packets
     */
    record Streamed(List<String> frames, int packet, Duration pause, Ending ending) implements Reply {

        /** Cuts characters, lines and events wherever it happens. */
        public Streamed inPacketsOf(int bytes) {
            return new Streamed(frames, bytes, pause, ending);
        }

        public Streamed every(Duration between) {
            return new Streamed(frames, packet, between, ending);
        }

        /** The first so many frames, and then this. */
        public Streamed after(int count, Ending then) {
            return new Streamed(frames.subList(0, count), packet, pause, then);
        }

        public Streamed withoutUsage() {
            return new Streamed(
                    frames.stream()
                            .filter(frame -> !frame.contains("\"usage\""))
                            .toList(),
                    packet,
                    pause,
                    ending);
        }

        /** Leaves the last frame out, which says that it was the last. */
        public Streamed withoutDone() {
            return new Streamed(frames.subList(0, frames.size() - 1), packet, pause, ending);
        }
    }

    /** Takes the request and says nothing until the other side goes. */
    record Silence() implements Reply {}

    /** Takes the request and ends the connection. */
    record Hangup() implements Reply {}

    /** What comes after the frames. */
    enum Ending {
        /** The answer ends as HTTP wants it. */
        PROPER,
        /** The connection ends without the answer's end. */
        CUT,
        /** Nothing, until the other side goes. */
        SILENCE
    }

    /** One call of a tool; the arguments are sent as they are. */
    record Call(String id, String tool, String arguments) {}

    static Streamed text(String... deltas) {
        return streamed(
                Stream.concat(Stream.of(Chunks.role()), Stream.of(deltas).map(Chunks::text)), "stop");
    }

    /** The arguments come in two pieces, as models write them. */
    static Streamed calls(Call... calls) {
        var chunks = new ArrayList<>(List.of(Chunks.role()));
        for (var index = 0; index < calls.length; index++) {
            var call = calls[index];
            var middle = call.arguments().length() / 2;
            chunks.add(Chunks.call(index, call.id(), call.tool(), ""));
            chunks.add(Chunks.more(index, call.arguments().substring(0, middle)));
            chunks.add(Chunks.more(index, call.arguments().substring(middle)));
        }
        return streamed(chunks.stream(), "tool_calls");
    }

    static Streamed refusal(String words) {
        return streamed(Stream.of(Chunks.role(), Chunks.refusal(words)), "stop");
    }

    /** Of empty choices, all the way. */
    static Streamed nothing() {
        return streamed(Stream.of(Chunks.empty()), "stop");
    }

    static Streamed streamed(Stream<String> chunks, String finish) {
        var frames = Stream.of(chunks, Stream.of(Chunks.finish(finish), Chunks.usage(), "[DONE]"))
                .flatMap(part -> part)
                .map(data -> "data: " + data + "\n\n")
                .toList();
        return frames(frames);
    }

    /** Any frames at all, for other protocols and for what is none. */
    static Streamed frames(List<String> frames) {
        return new Streamed(List.copyOf(frames), 0, Duration.ZERO, Ending.PROPER);
    }

    /** An error in the shape that OpenAI gives it. */
    static Page error(int status, String message) {
        return new Page(status, Map.of("Content-Type", "application/json"), Chunks.error(message));
    }

    static Page error(int status, String message, Duration retryAfter) {
        return new Page(
                status,
                Map.of("Content-Type", "application/json", "Retry-After", String.valueOf(retryAfter.toSeconds())),
                Chunks.error(message));
    }

    static Page html(int status) {
        return new Page(status, Map.of("Content-Type", "text/html"), "<html><body>Sign in</body></html>");
    }

    static Page redirect(String location) {
        return new Page(307, Map.of("Location", location), "");
    }
}
