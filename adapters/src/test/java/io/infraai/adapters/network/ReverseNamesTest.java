package io.infraai.adapters.network;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReverseNamesTest {

    private static final InetAddress ADDRESS = InetAddress.ofLiteral("127.0.0.9");

    @Test
    void anAddressHasTheNameThatTheResolverKnows() {
        assertThat(name(true, _ -> "web-9.lab")).contains("web-9.lab");
    }

    @Test
    void anAddressThatTheResolverDoesNotKnowHasNoName() {
        assertThat(name(true, InetAddress::getHostAddress)).isEmpty();
    }

    @Test
    void aNameIsMadeFitToBeShown() {
        assertThat(name(true, _ -> "a\u001b[31m\u0000b")).contains("a.[31m.b");
    }

    @Test
    void aResolverThatTakesTooLongIsNotWaitedFor() {
        var never = new Semaphore(0);

        assertThat(name(true, _ -> {
                    never.acquireUninterruptibly();
                    return "late.lab";
                }))
                .isEmpty();
        never.release();
    }

    @Test
    void unlessItIsWantedNobodyIsAsked() {
        assertThat(name(false, _ -> {
                    throw new AssertionError("asked");
                }))
                .isEmpty();
    }

    private static Optional<String> name(boolean wanted, Function<InetAddress, String> resolver) {
        return new ReverseNames(wanted, Duration.ofMillis(300), resolver)
                .of(ADDRESS)
                .await()
                .atMost(Duration.ofSeconds(5));
    }
}
