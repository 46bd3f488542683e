package io.infraai.gateway.security;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

import io.infraai.contracts.identity.Secret;

/**
 * An API key as people hold it: {@code iai_<id>_<secret>_<checksum>}. The checksum lets scanners of repositories tell a real key
 * from a look-alike.
 *
 * @param id public, 12 characters
 * @param material 256 random bits
 */
record KeyText(String id, Secret material) {

    private static final Pattern FORM = Pattern.compile("iai_([a-z0-9]{12})_([A-Za-z0-9_-]{43})_([0-9a-f]{8})");
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 69;

    static Optional<KeyText> parse(String text) {
        if (text.length() != LENGTH) {
            return Optional.empty();
        }
        var form = FORM.matcher(text);
        if (!form.matches() || !form.group(3).equals(checksum(form.group(1), form.group(2)))) {
            return Optional.empty();
        }
        return Optional.of(new KeyText(form.group(1), new Secret(form.group(2))));
    }

    static KeyText random(SecureRandom random) {
        var id = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return new KeyText(
                id.toString(),
                new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)));
    }

    /** The whole key, to be shown once. */
    Secret whole() {
        return new Secret("iai_" + id + "_" + material.reveal() + "_" + checksum(id, material.reveal()));
    }

    private static String checksum(String id, String material) {
        var crc = new CRC32();
        crc.update((id + "_" + material).getBytes(StandardCharsets.US_ASCII));
        return "%08x".formatted(crc.getValue());
    }
}
