package io.infraai.messaging.redis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.vertx.redis.client.Response;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a stream.
 *
 * @param id assigned by Redis
 * @param fields the payload under {@link #DATA}, and attributes
 */
record Entry(String id, Map<String, String> fields) {

    /** The field which holds the payload. */
    static final String DATA = "data";

    /** In the order of the stream: by milliseconds, then by the number within one. */
    static final Comparator<String> BY_ID = Comparator.<String>comparingLong(
                    id -> Long.parseLong(id.substring(0, id.indexOf('-'))))
            .thenComparingLong(id -> Long.parseLong(id.substring(id.indexOf('-') + 1)));

    /** The entries of one stream in the reply to XREAD or XREADGROUP: an array of pairs in RESP2, a map in RESP3. */
    static List<Entry> ofRead(@Nullable Response reply, String stream) {
        if (reply == null || reply.size() == 0) {
            return List.of();
        }
        var entries = reply.isMap() ? reply.get(stream) : reply.get(0).get(1);
        return entries == null ? List.of() : ofRange(entries);
    }

    /** The entries in the reply to XRANGE and the like, in which a deleted one may be nil. */
    static List<Entry> ofRange(Response entries) {
        var result = new ArrayList<Entry>(entries.size());
        for (var entry : entries) {
            if (entry != null && entry.size() == 2 && entry.get(1) != null) {
                result.add(of(entry));
            }
        }
        return result;
    }

    private static Entry of(Response entry) {
        var flat = entry.get(1);
        var fields = HashMap.<String, String>newHashMap(flat.size() / 2);
        for (var i = 0; i + 1 < flat.size(); i += 2) {
            fields.put(flat.get(i).toString(), flat.get(i + 1).toString());
        }
        return new Entry(entry.get(0).toString(), fields);
    }
}
