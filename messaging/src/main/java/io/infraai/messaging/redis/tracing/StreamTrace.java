package io.infraai.messaging.redis.tracing;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An entry as tracing sees it.
 *
 * @param stream the stream it is read from or written to
 * @param entryId its id; none before it is written
 * @param consumer who reads it; none when it is written
 * @param fields its fields; those of an entry still to be written are extended by the trace context
 */
public record StreamTrace(
        String stream, @Nullable String entryId, @Nullable String consumer, Map<String, String> fields) {}
