package io.infraai.gateway.mcp;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import jakarta.enterprise.context.ApplicationScoped;

import io.infraai.contracts.identity.Actor;

/**
 * Names sessions to clients. A name is the library's id and a MAC over it and whose it is, so it can't be guessed, and is of
 * no use to anybody else. The MAC's key lives as long as the process, as sessions do.
 */
@ApplicationScoped
class McpSessions {

    private static final String ALGORITHM = "HmacSHA256";
    private static final char SEPARATOR = '.';

    private final SecretKeySpec key;

    McpSessions() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        this.key = new SecretKeySpec(bytes, ALGORITHM);
    }

    String nameOf(String id, Actor owner) {
        return id + SEPARATOR + mac(id, owner);
    }

    /** The library's id; empty when the name was made up, or is somebody else's. */
    Optional<String> idOf(String name, Actor caller) {
        var separator = name.lastIndexOf(SEPARATOR);
        if (separator < 0) {
            return Optional.empty();
        }
        var id = name.substring(0, separator);
        var given = name.substring(separator + 1).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(given, mac(id, caller).getBytes(StandardCharsets.UTF_8))
                ? Optional.of(id)
                : Optional.empty();
    }

    private String mac(String id, Actor actor) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            var text = id + "\n" + actor.tenant().value() + "\n" + actor.subject();
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + ALGORITHM, e);
        }
    }
}
