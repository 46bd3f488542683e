package io.infraai.messaging.redis;

import java.util.Collections;
import java.util.Map;

/**
 * Where a message came from.
 *
 * @param stream the stream it was read from
 * @param entryId its id there, such as {@code 1526919030474-55}
 * @param fields all fields of the entry, the payload in {@code data} included
 * @param deliveries how often it has been delivered, this time included; above 1 it may have been handled before, in part or in
 *     full
 */
public record IncomingStreamMetadata(String stream, String entryId, Map<String, String> fields, long deliveries) {

    /** An unmodifiable view of the fields is kept; the caller gives them away. */
    public IncomingStreamMetadata {
        fields = Collections.unmodifiableMap(fields);
    }
}
