package io.infraai.standalone.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.infraai.standalone.deploy.RedisFiles;
import io.infraai.testkit.lab.RealPeer;

import static org.awaitility.Awaitility.await;

/** Three masters with a replica each, which know nobody but the users of deploy/redis and one who looks after them. */
final class ClusterSetup implements RedisSetup {

    private static final int MASTERS = 3;
    private static final int SLOTS = 16_384;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ADMIN = "lab-admin";
    private static final String ADMINS_PASSWORD = "only-in-the-lab";

    private record Node(RedisNode process, int busPort) {

        int port() {
            return process.port();
        }
    }

    private final Transport transport;
    private final RedisFiles files;
    private final List<Node> nodes;

    ClusterSetup(Path home, Transport transport) {
        this.transport = transport;
        files = RedisFiles.filledIn(home.resolve("users"));
        try {
            Files.writeString(
                    files.usersAndReplication(),
                    "user " + ADMIN + " on >" + ADMINS_PASSWORD + " ~* &* +@all\n",
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        nodes = IntStream.range(0, 2 * MASTERS)
                .mapToObj(i -> node(home.resolve("node-" + i)))
                .toList();
        join();
    }

    private Node node(Path home) {
        var port = RealPeer.freePort();
        var busPort = RealPeer.freePort();
        return new Node(
                RedisNode.server(
                        home,
                        port,
                        transport.listening(port)
                                + """
                cluster-enabled yes
                cluster-port %d
                cluster-announce-hostname %s
                cluster-preferred-endpoint-type %s
                cluster-node-timeout 1500
                appendonly yes
                repl-diskless-sync-delay 0
                aclfile %s
                masteruser infraai-replica
                masterauth %s
                """.formatted(
                                                busPort,
                                                transport.isNamed() ? transport.host() : "\"\"",
                                                transport.isNamed() ? "hostname" : "ip",
                                                files.usersAndReplication(),
                                                files.password("infraai-replica"))),
                busPort);
    }

    private void join() {
        for (var i = 0; i < MASTERS; i++) {
            ask(
                    nodes.get(i),
                    "CLUSTER",
                    "ADDSLOTSRANGE",
                    Integer.toString(i * SLOTS / MASTERS),
                    Integer.toString((i + 1) * SLOTS / MASTERS - 1));
            ask(nodes.get(i), "CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
        }
        nodes.stream()
                .skip(1)
                .forEach(node -> ask(
                        nodes.getFirst(),
                        "CLUSTER",
                        "MEET",
                        "127.0.0.1",
                        Integer.toString(node.port()),
                        Integer.toString(node.busPort())));
        await().atMost(PATIENCE).until(() -> nodes.stream().allMatch(node -> known(node) == nodes.size()));
        for (var i = 0; i < MASTERS; i++) {
            ask(nodes.get(MASTERS + i), "CLUSTER", "REPLICATE", idOf(nodes.get(i)));
        }
        await().atMost(PATIENCE).until(() -> nodes.stream().allMatch(this::isWhole));
    }

    private long known(Node node) {
        return ask(node, "CLUSTER", "NODES")
                .lines()
                .filter(line -> !line.contains("handshake"))
                .count();
    }

    private boolean isWhole(Node node) {
        return ask(node, "CLUSTER", "INFO").contains("cluster_state:ok")
                && ask(node, "INFO", "replication").matches("(?s).*(state=online|master_link_status:up).*");
    }

    @Override
    public Map<String, String> propertiesOf(String module) {
        var user = RedisSetup.userOf(module);
        var ports = nodes.stream().mapToInt(Node::port).toArray();
        var properties = new HashMap<>(transport.trust());
        properties.put("quarkus.redis.client-type", "cluster");
        properties.put("quarkus.redis.hosts", transport.hosts(user, ports));
        properties.put("quarkus.redis.password", files.password(user));
        return properties;
    }

    /** Moves the slot of a stream to another master, while everybody uses it. */
    void migrate(String stream) {
        var slot = ask(nodes.getFirst(), "CLUSTER", "KEYSLOT", stream);
        var source = masterOf(stream);
        var target = nodes.stream()
                .limit(MASTERS)
                .filter(node -> !node.equals(source))
                .findFirst()
                .orElseThrow();
        ask(target, "CLUSTER", "SETSLOT", slot, "IMPORTING", idOf(source));
        ask(source, "CLUSTER", "SETSLOT", slot, "MIGRATING", idOf(target));
        for (var keys = keysIn(source, slot); keys.length > 0; keys = keysIn(source, slot)) {
            ask(source, move(target, keys));
        }
        ask(target, "CLUSTER", "SETSLOT", slot, "NODE", idOf(target));
        ask(source, "CLUSTER", "SETSLOT", slot, "NODE", idOf(target));
    }

    private String[] keysIn(Node node, String slot) {
        return ask(node, "CLUSTER", "GETKEYSINSLOT", slot, "100")
                .lines()
                .filter(key -> !key.isEmpty())
                .toArray(String[]::new);
    }

    private static String[] move(Node to, String... keys) {
        var head = List.of(
                "MIGRATE",
                "127.0.0.1",
                Integer.toString(to.port()),
                "",
                "0",
                "5000",
                "AUTH2",
                ADMIN,
                ADMINS_PASSWORD,
                "KEYS");
        return Stream.concat(head.stream(), Arrays.stream(keys)).toArray(String[]::new);
    }

    /** Kills the master of a stream, and waits until its replica has taken over. */
    void failOver(String stream) {
        var master = masterOf(stream);
        master.process().kill();
        var witness =
                nodes.stream().filter(node -> !node.equals(master)).findFirst().orElseThrow();
        await().atMost(PATIENCE).until(() -> {
            var line = ownerOf(witness, stream);
            return !line.contains(":" + master.port() + "@") && isOk(witness);
        });
    }

    private boolean isOk(Node node) {
        return ask(node, "CLUSTER", "INFO").contains("cluster_state:ok");
    }

    private Node masterOf(String stream) {
        var line = ownerOf(nodes.getFirst(), stream);
        return nodes.stream()
                .filter(node -> line.contains(":" + node.port() + "@"))
                .findFirst()
                .orElseThrow();
    }

    /** Its line in CLUSTER NODES. */
    private String ownerOf(Node witness, String stream) {
        var slot = Integer.parseInt(ask(witness, "CLUSTER", "KEYSLOT", stream));
        return ask(witness, "CLUSTER", "NODES")
                .lines()
                .filter(line -> owns(line, slot))
                .findFirst()
                .orElse("");
    }

    private static boolean owns(String line, int slot) {
        return Arrays.stream(line.split(" "))
                .skip(8)
                .filter(range -> range.matches("\\d+(-\\d+)?"))
                .map(range -> range.split("-"))
                .anyMatch(range ->
                        Integer.parseInt(range[0]) <= slot && slot <= Integer.parseInt(range[range.length - 1]));
    }

    private String idOf(Node node) {
        return ask(node, "CLUSTER", "MYID");
    }

    private String ask(Node node, String... words) {
        try (var line = transport.line(node.port(), ADMIN, ADMINS_PASSWORD)) {
            return line.ask(words);
        }
    }

    @Override
    public void close() {
        nodes.forEach(node -> node.process().close());
    }
}
