package io.infraai.adapters.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Connects at a pace, with a bound on how long a connection may last. */
final class PacedDialer implements Dialer {

    private final Pace pace;
    private final Duration connectTimeout;
    private final Duration lifetime;
    private final ScheduledExecutorService timer;

    /**
     * @param lifetime since connected; a peer that sends a byte now and then can't hold it any longer
     */
    PacedDialer(Pace pace, Duration connectTimeout, Duration lifetime, ScheduledExecutorService timer) {
        this.pace = pace;
        this.connectTimeout = connectTimeout;
        this.lifetime = lifetime;
        this.timer = timer;
    }

    @Override
    @SuppressWarnings("resource") // handed out
    public Socket dial(InetAddress address, int port) throws IOException {
        pace.takeTurn();
        var socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(address, port), Math.toIntExact(connectTimeout.toMillis()));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        var _ = timer.schedule(() -> close(socket), lifetime.toMillis(), TimeUnit.MILLISECONDS);
        return socket;
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
