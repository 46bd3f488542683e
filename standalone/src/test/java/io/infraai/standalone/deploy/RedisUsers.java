package io.infraai.standalone.deploy;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What each service may do in Redis, and at its Sentinels: what its channels need, in the words of Redis 6.2. */
final class RedisUsers {

    private static final String DEFAULT = "user default off";

    /** Of the client: to see who answers, to choose the database, to leave, and to find its way in a cluster. */
    private static final Set<String> EVERYBODY = Set.of("ping", "select", "unsubscribe", "asking", "cluster|slots");

    /** KEDA's scalers look at one stream, and at the server's version. */
    private static final String SCALER = "keda";

    private static final Set<String> SCALING = Set.of("ping", "select", "info", "xinfo", "xlen", "xpending");
    private static final Set<String> SCALING_IN_A_CLUSTER = Set.of("cluster|slots", "command");
    private static final String SCALED = "infraai:{tasks}";

    /** To be told of the master, and of the next one. */
    private static final String AT_SENTINELS =
            "resetchannels &+switch-master &+slave-reconf-done &+replica-reconf-done -@all +ping +subscribe"
                    + " +sentinel|get-master-addr-by-name +sentinel|sentinels +sentinel|slaves +sentinel|replicas";

    /** Sentinels among themselves. */
    private static final String SENTINEL = "user infraai-sentinel on #infraai-sentinel resetkeys resetchannels"
            + " &__sentinel__:hello -@all +ping +publish +client|setname +sentinel|is-master-down-by-addr";

    private final List<Wire> wires;

    RedisUsers(List<Wire> wires) {
        this.wires = wires;
    }

    static String nameOf(String service) {
        return "infraai-" + service;
    }

    /** The users file of the servers. Where a password's SHA-256 belongs stands the user's name, with which it doesn't load. */
    String ofServers() {
        var services = Wire.SERVICES.stream().map(service -> user(service, keys(service), commands(service)));
        var scaling = new TreeSet<>(SCALING);
        scaling.addAll(SCALING_IN_A_CLUSTER);
        var scaler = user(SCALER, new TreeSet<>(Set.of(SCALED)), scaling);
        return Stream.concat(Stream.of(DEFAULT), Stream.concat(services, Stream.of(scaler)))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** The users file of the Sentinels, who are asked under the same names. */
    String ofSentinels() {
        var asking = Stream.concat(Wire.SERVICES.stream(), Stream.of(SCALER))
                .map(service -> "user " + nameOf(service) + " on #" + nameOf(service) + " resetkeys " + AT_SENTINELS);
        return Stream.concat(Stream.of(DEFAULT, SENTINEL), asking).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String user(String service, Set<String> keys, Set<String> commands) {
        return "user " + nameOf(service) + " on #" + nameOf(service) + " resetkeys "
                + keys.stream().map(key -> "~" + key).collect(Collectors.joining(" ")) + " resetchannels -@all "
                + commands.stream().map(command -> "+" + command).collect(Collectors.joining(" "));
    }

    /** The streams of a service, and the dead letters beside those it shares. */
    private Set<String> keys(String service) {
        return of(service)
                .flatMap(wire -> wire.group().isPresent()
                        ? Stream.of(wire.stream(), wire.stream() + ":dead")
                        : Stream.of(wire.stream()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> commands(String service) {
        var commands = of(service).flatMap(RedisUsers::commands).collect(Collectors.toCollection(TreeSet::new));
        commands.addAll(EVERYBODY);
        return commands;
    }

    private static Stream<String> commands(Wire wire) {
        if (!wire.incoming()) {
            return wire.expires() ? Stream.of("xadd", "pexpire") : Stream.of("xadd");
        }
        return wire.group().isPresent()
                ? Stream.of("xreadgroup", "xgroup|create", "xack", "xclaim", "xpending", "xadd")
                : Stream.of("xread", "xrevrange");
    }

    private Stream<Wire> of(String service) {
        return wires.stream().filter(wire -> wire.service().equals(service));
    }
}
