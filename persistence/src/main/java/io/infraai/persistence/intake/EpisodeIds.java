package io.infraai.persistence.intake;

import java.nio.ByteBuffer;
import java.util.UUID;

import io.infraai.contracts.alert.AlertKey;

/** An episode's id follows from what it is, so that doing it again gives the same one. */
final class EpisodeIds {

    private EpisodeIds() {}

    static UUID of(AlertKey key, int seq) {
        var bytes = key.bytes();
        return UUID.nameUUIDFromBytes(ByteBuffer.allocate(bytes.length + Integer.BYTES)
                .put(bytes)
                .putInt(seq)
                .array());
    }
}
