package io.infraai.simulators.kubernetes;

import java.util.function.Consumer;

import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;

/** A watcher that hands over every object. */
final class Seen {

    private Seen() {}

    static <T> Watcher<T> by(Consumer<T> consumer) {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, T resource) {
                consumer.accept(resource);
            }

            @Override
            public void onClose(WatcherException cause) {}
        };
    }
}
