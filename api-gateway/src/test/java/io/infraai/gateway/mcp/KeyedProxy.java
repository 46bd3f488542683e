package io.infraai.gateway.mcp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Sends the key along for clients that can't be told one. What they say besides, such as whose page they are, passes unchanged. */
final class KeyedProxy implements AutoCloseable {

    private static final String END_OF_HEAD = "\r\n\r\n";

    private final ServerSocket server;
    private final int target;
    private final String key;

    KeyedProxy(int target, String key) throws IOException {
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.target = target;
        this.key = key;
        Thread.ofVirtual().start(this::accept);
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getLocalPort() + path;
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                var client = server.accept();
                Thread.ofVirtual().start(() -> pass(client));
            }
        } catch (SocketException _) {
            // closed
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One request a connection, so that each passes here with its head in front. */
    private void pass(Socket client) {
        try (client;
                var upstream = new Socket(InetAddress.getLoopbackAddress(), target)) {
            upstream.getOutputStream().write(keyed(head(client.getInputStream())));
            Thread.ofVirtual().start(() -> copy(client, upstream));
            upstream.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException _) {
            // the client sees it
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException _) {
            // the other direction has ended
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith(END_OF_HEAD)) {
            var next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private byte[] keyed(String head) {
        var lines = new ArrayList<>(
                List.of(head.substring(0, head.length() - END_OF_HEAD.length()).split("\r\n")));
        lines.removeIf(line -> line.regionMatches(true, 0, "Connection:", 0, "Connection:".length()));
        lines.addAll(1, List.of("X-API-KEY: " + key, "Connection: close"));
        return (String.join("\r\n", lines) + END_OF_HEAD).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
