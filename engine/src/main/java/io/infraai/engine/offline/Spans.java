package io.infraai.engine.offline;

import java.util.Map;

/** Words for spans of time, in seconds. */
final class Spans {

    static final Map<String, Integer> SECONDS = Map.ofEntries(
            Map.entry("s", 1),
            Map.entry("second", 1),
            Map.entry("seconds", 1),
            Map.entry("m", 60),
            Map.entry("min", 60),
            Map.entry("mins", 60),
            Map.entry("minute", 60),
            Map.entry("minutes", 60),
            Map.entry("h", 3_600),
            Map.entry("hour", 3_600),
            Map.entry("hours", 3_600),
            Map.entry("d", 86_400),
            Map.entry("day", 86_400),
            Map.entry("days", 86_400),
            Map.entry("w", 604_800),
            Map.entry("week", 604_800),
            Map.entry("weeks", 604_800));

    static final Map<String, Integer> DAYS = Map.of(
            "today", 86_400,
            "yesterday", 86_400,
            "tonight", 43_200,
            "night", 43_200,
            "overnight", 43_200,
            "morning", 43_200,
            "weekend", 172_800);

    private Spans() {}
}
