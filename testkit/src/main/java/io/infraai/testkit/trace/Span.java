package io.infraai.testkit.trace;

import java.util.List;
import java.util.Map;

/**
 * A span as it came over the wire.
 *
 * @param service whose it is
 * @param parent the span it is a part of; empty for the first of its trace
 * @param links the traces that led to it
 * @param start in nanoseconds since 1970
 * @param failed whether its status says so
 */
public record Span(
        String service,
        String trace,
        String id,
        String parent,
        String name,
        Map<String, String> attributes,
        List<String> links,
        long start,
        boolean failed) {}
