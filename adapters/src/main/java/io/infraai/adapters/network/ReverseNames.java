package io.infraai.adapters.network;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Function;

import io.smallrye.mutiny.Uni;

/** Looks names of addresses up, if that is wanted. */
final class ReverseNames {

    private static final int LOOK_UPS_AT_ONCE = 8;

    private final boolean wanted;
    private final Duration timeout;
    private final Function<InetAddress, String> resolver;
    /** Not virtual: the resolver is native code and would hold their carriers. */
    private final Executor threads = Executors.newFixedThreadPool(
            LOOK_UPS_AT_ONCE,
            Thread.ofPlatform().daemon().name("reverse-names-", 0).factory());

    ReverseNames(boolean wanted, Duration timeout) {
        this(wanted, timeout, InetAddress::getCanonicalHostName);
    }

    /**
     * @param resolver blocks; answers with the address itself where there is no name
     */
    ReverseNames(boolean wanted, Duration timeout, Function<InetAddress, String> resolver) {
        this.wanted = wanted;
        this.timeout = timeout;
        this.resolver = resolver;
    }

    /** Fails never. */
    Uni<Optional<String>> of(InetAddress address) {
        return wanted
                ? Uni.createFrom()
                        .item(() -> name(address))
                        .runSubscriptionOn(threads)
                        .ifNoItem()
                        .after(timeout)
                        .recoverWithItem(Optional.empty())
                : Uni.createFrom().item(Optional.empty());
    }

    private Optional<String> name(InetAddress address) {
        var name = resolver.apply(address);
        return name.equals(address.getHostAddress()) ? Optional.empty() : Optional.of(Printable.start(name));
    }
}
