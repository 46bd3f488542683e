package io.infraai.testkit.model;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** As much of HTTP/1.1 as a client of models makes use of, on one connection. */
final class Wire {

    /** Nobody gives a permit: waiting for one takes the time, and ends when the thread is interrupted. */
    private final Semaphore never = new Semaphore(0);

    private final InputStream in;
    private final OutputStream out;

    Wire(Socket socket) throws IOException {
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** Empty when the other side has gone. */
    Optional<Asked> read() throws IOException {
        var start = line();
        if (start.isEmpty()) {
            return Optional.empty();
        }
        var headers = new HashMap<String, String>();
        for (var line = line(); !line.isEmpty(); line = line()) {
            var colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        var length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        var body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return Optional.of(new Asked(start.split(" ")[1], headers, body));
    }

    /** Returns whether the connection serves another request. */
    boolean write(Reply reply) throws IOException, InterruptedException {
        return switch (reply) {
            case Reply.Page(var status, var headers, var body) -> page(status, headers, body);
            case Reply.Streamed streamed -> stream(streamed);
            case Reply.Silence() -> untilTheyGo();
            case Reply.Hangup() -> false;
        };
    }

    private boolean page(int status, Map<String, String> headers, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        head(status, headers, "Content-Length: " + bytes.length);
        out.write(bytes);
        return true;
    }

    private boolean stream(Reply.Streamed streamed) throws IOException, InterruptedException {
        head(200, Map.of("Content-Type", "text/event-stream; charset=utf-8"), "Transfer-Encoding: chunked");
        for (var packet : packets(streamed)) {
            // a chunk of nothing would be the last
            if (packet.length > 0) {
                chunk(packet);
                pause(streamed.pause());
            }
        }
        return switch (streamed.ending()) {
            case PROPER -> {
                out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                yield true;
            }
            case CUT -> false;
            case SILENCE -> untilTheyGo();
        };
    }

    private static List<byte[]> packets(Reply.Streamed streamed) {
        if (streamed.packet() == 0) {
            return streamed.frames().stream()
                    .map(frame -> frame.getBytes(StandardCharsets.UTF_8))
                    .toList();
        }
        var all = String.join("", streamed.frames()).getBytes(StandardCharsets.UTF_8);
        var count = (all.length + streamed.packet() - 1) / streamed.packet();
        return IntStream.range(0, count)
                .mapToObj(index -> Arrays.copyOfRange(
                        all, index * streamed.packet(), Math.min(all.length, (index + 1) * streamed.packet())))
                .toList();
    }

    private void head(int status, Map<String, String> headers, String framing) throws IOException {
        var head = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\n" + framing + "\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
    }

    /** In one write, so that it is one packet. */
    private void chunk(byte[] bytes) throws IOException {
        var packet = new ByteArrayOutputStream();
        packet.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        packet.writeBytes(bytes);
        packet.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        out.write(packet.toByteArray());
    }

    private void pause(Duration pause) throws InterruptedException {
        if (!pause.isZero() && never.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IllegalStateException("Somebody gave a permit");
        }
    }

    private boolean untilTheyGo() throws IOException {
        while (in.read() >= 0) {
            // a client has nothing to say while it waits
        }
        return false;
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (var next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
