package io.infraai.standalone.deploy;

import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The page of the streams, made from the channels of the services. */
final class StreamsPage {

    private static final String HEAD = """
            # Streams

            The bells between the services, made from their channels by `StreamsTest`; don't edit. A bell carries ids, or what may be lost:
            PostgreSQL holds the truth, and what is lost here is rung again by the sweepers. Who shares a *group* gets each entry once among
            its instances, at least; who *tails* gets in each instance what is written while it runs. `*` is the id of one instance.

            | stream | message | rung by | heard by | how |
            |---|---|---|---|---|
            """;

    private static final String FOOT = """

            Entries that can't be handled go to `<stream>:dead` beside a shared stream, in the same slot of a cluster: all fields of the
            entry, and `reason`, `deliveries` and `entry`, its id. A stream keeps about its last 100,000 entries, unless its channel says otherwise
            (`max-length`); those of one instance go away an hour after the last entry (`expire-after`). An entry's field `data` is the message as
            JSON; tracing adds `traceparent`.

            Who may use which is in [`deploy/redis/users.acl`](../deploy/redis/users.acl), made the same way.
            """;

    private StreamsPage() {}

    static String of(List<Wire> wires) {
        return new TreeSet<>(wires.stream().map(Wire::stream).toList())
                .stream().map(stream -> row(stream, wires)).collect(Collectors.joining("\n", HEAD, "\n" + FOOT));
    }

    private static String row(String stream, List<Wire> wires) {
        Predicate<Wire> here = wire -> wire.stream().equals(stream);
        return "| `%s` | %s | %s | %s | %s |"
                .formatted(
                        stream,
                        names(wires, here, wire -> "`" + wire.message() + "`"),
                        names(wires, here.and(wire -> !wire.incoming()), Wire::service),
                        names(wires, here.and(Wire::incoming), Wire::service),
                        names(wires, here.and(Wire::incoming), StreamsPage::how));
    }

    private static String how(Wire wire) {
        return wire.group().map(group -> "group `" + group + "`").orElse("tail");
    }

    private static String names(List<Wire> wires, Predicate<Wire> wanted, Function<Wire, String> name) {
        var names = wires.stream().filter(wanted).map(name).distinct().collect(Collectors.joining(", "));
        return names.isEmpty() ? "–" : names;
    }
}
