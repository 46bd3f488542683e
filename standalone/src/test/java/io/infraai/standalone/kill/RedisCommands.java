package io.infraai.standalone.kill;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import io.infraai.embedded.EmbeddedServers;

import static org.assertj.core.api.Assertions.assertThat;

/** A word with Redis behind the services' backs. */
final class RedisCommands {

    private RedisCommands() {}

    static void flushAll(EmbeddedServers servers) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), servers.redisPort());
                var answers =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            var commands = "AUTH " + servers.credentials().redis() + "\r\nFLUSHALL\r\n";
            socket.getOutputStream().write(commands.getBytes(StandardCharsets.UTF_8));
            assertThat(answers.readLine()).isEqualTo("+OK");
            assertThat(answers.readLine()).isEqualTo("+OK");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
