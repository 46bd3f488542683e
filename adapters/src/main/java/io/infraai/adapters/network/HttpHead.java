package io.infraai.adapters.network;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

import io.infraai.contracts.asset.Service;

/** Recognises HTTP by the head of an answer. By hand, since a client would follow, retry or pool what is only looked at. */
final class HttpHead {

    private static final int MOST = 8_192;
    private static final String SERVER = "server:";

    private HttpHead() {}

    static Optional<Service> service(Socket socket, InetAddress address, int port) throws IOException {
        var literal = address.getHostAddress();
        var host = address instanceof Inet6Address ? "[" + literal + "]" : literal;
        var request = "HEAD / HTTP/1.1\r\nHost: " + host + ":" + port
                + "\r\nUser-Agent: infraai\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        var head = head(socket);
        if (!head.startsWith("HTTP/")) {
            return Optional.empty();
        }
        var server = head.lines()
                .skip(1)
                .takeWhile(line -> !line.isEmpty())
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(SERVER))
                .map(line -> Printable.start(line.substring(SERVER.length())))
                .filter(name -> !name.isEmpty())
                .findFirst();
        var status = Printable.start(head.lines().findFirst().orElse(""));
        return Optional.of(new Service(port, "http", server.orElse(null), status));
    }

    private static String head(Socket socket) {
        var bytes = new ByteArrayOutputStream();
        try {
            var in = socket.getInputStream();
            var buffer = new byte[1_024];
            for (int read; bytes.size() < MOST && (read = in.read(buffer)) > 0; ) {
                bytes.write(buffer, 0, read);
                if (bytes.toString(StandardCharsets.ISO_8859_1).contains("\r\n\r\n")) {
                    break;
                }
            }
        } catch (IOException _) {
            // what was said by then counts
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }
}
