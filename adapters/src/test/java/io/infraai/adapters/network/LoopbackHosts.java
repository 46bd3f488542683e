package io.infraai.adapters.network;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Servers on addresses of the loopback network that behave as real ones do, or badly. */
final class LoopbackHosts implements Closeable {

    private static final int ONLY_FREE = 0;

    private final Queue<Closeable> open = new ConcurrentLinkedQueue<>();
    private final AtomicInteger accepted = new AtomicInteger();

    interface Manner {

        void serve(Socket client) throws IOException;
    }

    /** A port that nobody listens on, on any loopback address, at the moment. */
    static int freePort() {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), ONLY_FREE));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    LoopbackHosts serve(String address, int port, Manner manner) {
        try {
            return serve(new ServerSocket(), address, port, manner);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    LoopbackHosts serveTls(String address, int port, Manner manner) {
        try {
            return serve(tls().getServerSocketFactory().createServerSocket(), address, port, manner);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private LoopbackHosts serve(ServerSocket server, String address, int port, Manner manner) throws IOException {
        server.bind(new InetSocketAddress(InetAddress.ofLiteral(address), port));
        open.add(server);
        Thread.ofVirtual().start(() -> accept(server, manner));
        return this;
    }

    int accepted() {
        return accepted.get();
    }

    private void accept(ServerSocket server, Manner manner) {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                accepted.incrementAndGet();
                open.add(client);
                Thread.ofVirtual().start(() -> serve(client, manner));
            } catch (IOException _) {
                // closed at the end of the test
            }
        }
    }

    private static void serve(Socket client, Manner manner) {
        try (client) {
            manner.serve(client);
        } catch (IOException _) {
            // the client had enough
        }
    }

    static Manner says(String text) {
        return client -> {
            client.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            listens().serve(client);
        };
    }

    /** Accepts and says nothing. */
    static Manner listens() {
        return client -> client.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
    }

    static Manner resets() {
        return client -> client.setSoLinger(true, 0);
    }

    /** Says a byte whenever it is about to be given up. */
    static Manner drips() {
        return client -> {
            client.setSoTimeout(50);
            while (true) {
                client.getOutputStream().write('.');
                try {
                    client.getInputStream().read();
                } catch (java.net.SocketTimeoutException _) {
                    continue;
                }
                return;
            }
        };
    }

    static Manner http(String server, Queue<String> requests) {
        return client -> {
            var request = new StringBuilder();
            var in = client.getInputStream();
            for (int read; request.indexOf("\r\n\r\n") < 0 && (read = in.read()) >= 0; ) {
                request.append((char) read);
                if (read < 9) {
                    return;
                }
            }
            if (request.isEmpty()) {
                // it hung up: an answer could still reach it, and would look like a first word
                return;
            }
            requests.addAll(request.toString().lines().limit(1).toList());
            client.getOutputStream()
                    .write(("HTTP/1.1 200 OK\r\nDate: today\r\nServer: " + server + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
        };
    }

    /** Notes what is said within the encryption. */
    static Manner hears(Queue<String> words) {
        return client -> {
            int read = client.getInputStream().read();
            words.addAll(List.of("heard " + read));
        };
    }

    private static SSLContext tls() {
        try (var file = LoopbackHosts.class.getResourceAsStream("/network/self-signed.p12")) {
            var keys = KeyStore.getInstance("PKCS12");
            keys.load(file, "changeit".toCharArray());
            var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, "changeit".toCharArray());
            var context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        for (var each : open) {
            try {
                each.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
