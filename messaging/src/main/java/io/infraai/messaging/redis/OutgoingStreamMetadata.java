package io.infraai.messaging.redis;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a message is to be written. Immutable; {@code OutgoingStreamMetadata.to("orders:eu").with("tenant", "acme")}.
 *
 * @param stream the stream to write to instead of the one the channel is configured with
 * @param fields fields to write beside the payload
 */
public record OutgoingStreamMetadata(Optional<String> stream, Map<String, String> fields) {

    /** @throws IllegalArgumentException for a field {@code data}, which is the payload's */
    public OutgoingStreamMetadata {
        fields = Map.copyOf(fields);
        if (fields.containsKey(Entry.DATA)) {
            throw new IllegalArgumentException("The field 'data' holds the payload and can't be set beside it");
        }
    }

    /** Writes to another stream than the channel's. */
    public static OutgoingStreamMetadata to(String stream) {
        return new OutgoingStreamMetadata(Optional.of(stream), Map.of());
    }

    /** Writes these fields beside the payload. */
    public static OutgoingStreamMetadata of(Map<String, String> fields) {
        return new OutgoingStreamMetadata(Optional.empty(), fields);
    }

    /** Writes this field too, in place of one of the same name. */
    public OutgoingStreamMetadata with(String name, String value) {
        var extended = new HashMap<>(fields);
        extended.put(name, value);
        return new OutgoingStreamMetadata(stream, extended);
    }
}
