package io.infraai.adapters.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what is dialled, and lets nothing out of the loopback network. */
final class CountingDialer implements Dialer {

    private final Dialer dialer;
    private final Queue<String> dialled = new ConcurrentLinkedQueue<>();
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();

    CountingDialer(Dialer dialer) {
        this.dialer = dialer;
    }

    int count() {
        return dialled.size();
    }

    Queue<String> dialled() {
        return dialled;
    }

    int mostAtOnce() {
        return mostAtOnce.get();
    }

    @Override
    public Socket dial(InetAddress address, int port) throws IOException {
        if (!address.getHostAddress().startsWith("127.")) {
            throw new AssertionError("A test must not leave this machine: " + address);
        }
        dialled.add(address.getHostAddress() + ":" + port);
        mostAtOnce.accumulateAndGet(now.incrementAndGet(), Math::max);
        try {
            return dialer.dial(address, port);
        } finally {
            now.decrementAndGet();
        }
    }
}
