package io.infraai.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Asks a Redis who it is. */
final class RedisProbe {

    private static final Pattern PROCESS_ID = Pattern.compile("process_id:(\\d+)");
    private static final int TIMEOUT_MS = 2_000;

    private RedisProbe() {}

    /** The server's process, when one answers there that takes this password and has loaded its data. */
    static OptionalLong processId(int port, String password) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MS);
            socket.setSoTimeout(TIMEOUT_MS);
            var commands = "AUTH " + password + "\r\nPING\r\nINFO server\r\nQUIT\r\n";
            socket.getOutputStream().write(commands.getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            var found = PROCESS_ID.matcher(answer);
            return answer.startsWith("+OK\r\n+PONG\r\n") && found.find()
                    ? OptionalLong.of(Long.parseLong(found.group(1)))
                    : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
