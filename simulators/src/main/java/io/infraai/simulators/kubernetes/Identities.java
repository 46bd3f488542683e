package io.infraai.simulators.kubernetes;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.zip.CRC32;

/** UIDs and name suffixes that follow from a seed. Used under the cluster's lock only. */
final class Identities {

    /** Without vowels, so that no suffix reads as a word. */
    private static final String SAFE = "bcdfghjklmnpqrstvwxz2456789";

    private final SplittableRandom random;

    Identities(long seed) {
        random = new SplittableRandom(seed);
    }

    String uid() {
        var high = (random.nextLong() & 0xffff_ffff_ffff_0fffL) | 0x4000L;
        var low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    String suffix() {
        var text = new StringBuilder(5);
        for (int i = 0; i < 5; i++) {
            text.append(SAFE.charAt(random.nextInt(SAFE.length())));
        }
        return text.toString();
    }

    /** The same for the same text: the hash of a pod template. */
    static String hash(String text) {
        var crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        var safe = new StringBuilder();
        for (var digit : Long.toString(crc.getValue()).toCharArray()) {
            safe.append(SAFE.charAt(digit - '0'));
        }
        return safe.toString();
    }
}
