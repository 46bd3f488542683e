package io.infraai.testkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.SocketFactory;

/** A connection to a Redis on loopback that says what it is told: a word with the server behind the services' backs. */
public final class RedisLine implements AutoCloseable {

    private static final int TIMEOUT_MS = 10_000;

    /** What Redis answers with an error. */
    public static final class Refused extends RuntimeException {

        Refused(String message) {
            super(message);
        }
    }

    private final Socket socket;
    private final InputStream answers;

    private RedisLine(Socket socket) throws IOException {
        this.socket = socket;
        this.answers = new BufferedInputStream(socket.getInputStream());
    }

    public static RedisLine to(int port) {
        return to(port, SocketFactory.getDefault());
    }

    private static RedisLine to(int port, SocketFactory sockets) {
        try {
            var socket = sockets.createSocket();
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MS);
            socket.setSoTimeout(TIMEOUT_MS);
            return new RedisLine(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static RedisLine to(int port, String user, String password) {
        return to(port, SocketFactory.getDefault(), user, password);
    }

    /** @param sockets an {@code SSLSocketFactory} for a server that speaks TLS */
    public static RedisLine to(int port, SocketFactory sockets, String user, String password) {
        var line = to(port, sockets);
        line.ask("AUTH", user, password);
        return line;
    }

    /**
     * The answer as text: lists one item a line, nothing as nothing.
     *
     * @throws Refused when it is an error
     */
    public String ask(String... words) {
        var command = new StringBuilder("*").append(words.length).append("\r\n");
        for (var word : words) {
            command.append('$')
                    .append(word.getBytes(StandardCharsets.UTF_8).length)
                    .append("\r\n")
                    .append(word)
                    .append("\r\n");
        }
        try {
            socket.getOutputStream().write(command.toString().getBytes(StandardCharsets.UTF_8));
            return answer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String answer() throws IOException {
        var line = line();
        var rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '-' -> throw new Refused(rest);
            case '$' -> bulk(Integer.parseInt(rest));
            case '*' -> list(Integer.parseInt(rest));
            default -> rest;
        };
    }

    private String bulk(int length) throws IOException {
        if (length < 0) {
            return "";
        }
        var text = new String(answers.readNBytes(length), StandardCharsets.UTF_8);
        line();
        return text;
    }

    private String list(int size) {
        return IntStream.range(0, Math.max(0, size)).mapToObj(_ -> item()).collect(Collectors.joining("\n"));
    }

    private String item() {
        try {
            return answer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String line() throws IOException {
        var text = new StringBuilder();
        for (var next = answers.read(); next != '\r'; next = answers.read()) {
            if (next < 0) {
                throw new IOException("Redis hung up");
            }
            text.append((char) next);
        }
        if (answers.read() != '\n') {
            throw new IOException("That is no Redis");
        }
        return text.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
