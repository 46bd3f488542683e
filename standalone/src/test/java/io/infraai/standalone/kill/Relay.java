package io.infraai.standalone.kill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An address that moves from one server to another, as a virtual one does; what was connected before is cut. */
final class Relay implements AutoCloseable {

    private final ServerSocket entrance;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile int port;

    /**
     * @param port where it leads to begin with
     */
    Relay(int port) {
        this.port = port;
        try {
            entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return entrance.getLocalPort();
    }

    void moveTo(int other) {
        port = other;
        open.forEach(Relay::cut);
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                var near = entrance.accept();
                open.add(near);
                Thread.ofVirtual().start(() -> lead(near));
            } catch (IOException _) {
                // closed
            }
        }
    }

    private void lead(Socket near) {
        try (near;
                var far = new Socket(InetAddress.getLoopbackAddress(), port)) {
            open.add(far);
            var back = Thread.ofVirtual().start(() -> pour(far, near));
            pour(near, far);
            back.join();
        } catch (IOException _) {
            // nobody there: the caller sees its connection end
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(near);
        }
    }

    /** Until either end is closed, which then ends the other way, too. */
    private void pour(Socket from, Socket into) {
        try {
            from.getInputStream().transferTo(into.getOutputStream());
        } catch (IOException _) {
            // cut
        } finally {
            cut(from);
            cut(into);
            open.remove(from);
        }
    }

    private static void cut(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // as closed as it gets
        }
    }

    @Override
    public void close() {
        try {
            entrance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open.forEach(Relay::cut);
    }
}
