package io.infraai.adapters.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import io.infraai.contracts.asset.Service;

/** Finds out what listens at an address. Blocks: for virtual threads. */
final class Prober {

    private final List<Integer> ports;
    private final Dialer dialer;

    Prober(List<Integer> ports, Dialer dialer) {
        this.ports = List.copyOf(ports);
        this.dialer = dialer;
    }

    /**
     * One port after the other.
     *
     * @param over asked before each connection; ends it with what was found by then
     */
    List<Service> services(InetAddress address, BooleanSupplier over) {
        var services = new ArrayList<Service>();
        for (var port : ports) {
            if (over.getAsBoolean()) {
                break;
            }
            service(address, port, over).ifPresent(services::add);
        }
        return services;
    }

    private Optional<Service> service(InetAddress address, int port, BooleanSupplier over) {
        FirstWords words;
        try (var socket = dialer.dial(address, port)) {
            words = FirstWords.from(socket);
        } catch (IOException _) {
            return Optional.empty();
        }
        return Optional.of(
                switch (words) {
                    case FirstWords.Spoken(var bytes) -> Banner.service(port, bytes);
                    case FirstWords.HungUp _ -> new Service(port, "tcp", null, "hangs up");
                    case FirstWords.Silence _ -> asked(address, port, over);
                });
    }

    /** Who waits to be spoken to: TLS before HTTP, since one that speaks TLS would take the other for a mistake. */
    private Service asked(InetAddress address, int port, BooleanSupplier over) {
        return answer(address, port, over, socket -> Certificates.service(socket, address, port))
                .or(() -> answer(address, port, over, socket -> HttpHead.service(socket, address, port)))
                .orElseGet(() -> new Service(port, "tcp", null, "says nothing"));
    }

    private Optional<Service> answer(InetAddress address, int port, BooleanSupplier over, Question question) {
        if (over.getAsBoolean()) {
            return Optional.empty();
        }
        try (var socket = dialer.dial(address, port)) {
            return question.ask(socket);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private interface Question {

        Optional<Service> ask(Socket socket) throws IOException;
    }
}
