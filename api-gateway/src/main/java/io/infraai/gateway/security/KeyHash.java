package io.infraai.gateway.security;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.infraai.contracts.identity.Secret;

/**
 * What is stored in a key's place: HMAC-SHA256 with a pepper that the database doesn't hold. The secrets are random, so nothing
 * slower is needed.
 */
@ApplicationScoped
class KeyHash {

    private final SecretKeySpec pepper;

    @Inject
    KeyHash(@ConfigProperty(name = "infraai.api-key-pepper-file", defaultValue = ".infraai/api-key.pepper") Path file) {
        this(SecurityFiles.read(file).orElseGet(() -> SecurityFiles.create(file, random())));
    }

    KeyHash(Secret pepper) {
        this.pepper = new SecretKeySpec(pepper.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    String of(Secret material) {
        return HexFormat.of().formatHex(digest(material));
    }

    /** In a time that doesn't depend on how much is right. */
    boolean fits(Secret material, String hash) {
        return MessageDigest.isEqual(
                of(material).getBytes(StandardCharsets.US_ASCII), hash.getBytes(StandardCharsets.US_ASCII));
    }

    private byte[] digest(Secret material) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(pepper);
            return mac.doFinal(material.reveal().getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }

    private static Secret random() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
}
