package io.infraai.adapters.vmware;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.infraai.contracts.identity.Secret;

import static io.infraai.contracts.tool.FailureReason.HELD_BACK;
import static io.infraai.contracts.tool.FailureReason.INVALID_PARAMETERS;
import static io.infraai.contracts.tool.FailureReason.NOT_PERMITTED;
import static io.infraai.contracts.tool.FailureReason.TARGET_NOT_FOUND;

/** The one session with the server, opened when it is first needed and anew when it has ended. Blocks. */
final class Vim {

    /** A password that was refused, and when. */
    private record Refused(Secret password, Instant at) {}

    private final VmwareConfig bounds;
    private final ServerSettings settings;
    private final Clock clock;
    private final ReentrantLock opening = new ReentrantLock();
    private @Nullable VimHttp http;
    private volatile @Nullable VimSession session;
    private @Nullable Refused refused;

    Vim(VmwareConfig bounds, ServerSettings settings, Clock clock) {
        this.bounds = bounds;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Works within a session. When the server has forgotten it, the work is done once more in a new one: so it either only
     * looks, or is one request, which the server says it didn't run.
     */
    <R> R in(Function<VimSession, R> work) {
        var first = opened(null);
        try {
            return work.apply(first);
        } catch (VimFailure e) {
            if (!e.is("NotAuthenticated")) {
                throw e;
            }
            return work.apply(opened(first));
        }
    }

    /** Sessions are few on a server and last half an hour. */
    void close() {
        var last = session;
        var used = http;
        try (used) {
            if (last != null) {
                last.close();
            }
        } catch (VimFailure _) {
            // it ends by itself
        }
    }

    /**
     * @param ended the session that the server no longer knows
     */
    private VimSession opened(@Nullable VimSession ended) {
        var current = session;
        if (current != null && !current.equals(ended)) {
            return current;
        }
        if (!locked()) {
            throw VimFailure.of(HELD_BACK, "Another call is still logging in to the VMware server");
        }
        try {
            var meanwhile = session;
            if (meanwhile != null && !meanwhile.equals(ended)) {
                return meanwhile;
            }
            session = null;
            var fresh = login();
            session = fresh;
            return fresh;
        } finally {
            opening.unlock();
        }
    }

    private VimSession login() {
        var url = settings.access().url().orElseThrow(() -> unset("url"));
        var user = settings.access().user().orElseThrow(() -> unset("user"));
        var password = password();
        var before = refused;
        if (before != null
                && before.password().sameAs(password)
                && clock.instant().isBefore(before.at().plus(bounds.breakerDelay()))) {
            throw VimFailure.of(NOT_PERMITTED, wrongPassword());
        }
        try {
            return VimSession.open(client(url), user, password);
        } catch (VimFailure e) {
            if (e.is("InvalidLogin")) {
                refused = new Refused(password, clock.instant());
                throw VimFailure.of(NOT_PERMITTED, wrongPassword());
            }
            throw e;
        }
    }

    private VimHttp client(URI url) {
        var known = http;
        if (known != null) {
            return known;
        }
        if (!"https".equals(url.getScheme()) && !isThisMachine(url)) {
            throw VimFailure.of(
                    NOT_PERMITTED, "A password isn't sent in the clear: " + settings.key("url") + " must be https");
        }
        try {
            var made = new VimHttp(url, bounds.connectTimeout(), settings);
            http = made;
            return made;
        } catch (IllegalArgumentException e) {
            throw VimFailure.of(INVALID_PARAMETERS, String.valueOf(e.getMessage()));
        }
    }

    private Secret password() {
        var file = settings.access().passwordFile().orElseThrow(() -> unset("password-file"));
        try {
            return new Secret(Files.readString(file).strip());
        } catch (IOException _) {
            throw VimFailure.of(NOT_PERMITTED, "The file of " + settings.key("password-file") + " can't be read");
        }
    }

    private boolean locked() {
        try {
            return opening.tryLock(VmwareCalls.timeLeft().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean isThisMachine(URI url) {
        try {
            return Optional.ofNullable(url.getHost()).isPresent()
                    && InetAddress.getByName(url.getHost()).isLoopbackAddress();
        } catch (UnknownHostException _) {
            return false;
        }
    }

    private VimFailure unset(String key) {
        return VimFailure.of(TARGET_NOT_FOUND, "No VMware server is configured: set " + settings.key(key));
    }

    private String wrongPassword() {
        return "The VMware server refused the user of " + settings.key("user") + " or the password of "
                + settings.key("password-file");
    }
}
