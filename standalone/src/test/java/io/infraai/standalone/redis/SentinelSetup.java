package io.infraai.standalone.redis;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.infraai.standalone.deploy.RedisFiles;
import io.infraai.testkit.lab.RealPeer;

import static org.awaitility.Awaitility.await;

/** A master, a replica and three Sentinels, which know nobody but the users of deploy/redis. */
final class SentinelSetup implements RedisSetup {

    private static final String MASTER = "infraai";
    private static final String ASKING = "infraai-keda";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Transport transport;
    private final RedisFiles files;
    private final List<RedisNode> nodes;
    private final List<RedisNode> sentinels;

    SentinelSetup(Path home, Transport transport) {
        this.transport = transport;
        files = RedisFiles.filledIn(home.resolve("users"));
        var first = node(home.resolve("first"), "");
        nodes = List.of(first, node(home.resolve("second"), "replicaof " + transport.host() + " " + first.port()));
        sentinels = IntStream.range(0, 3)
                .mapToObj(i -> sentinel(home.resolve("sentinel-" + i), first.port()))
                .toList();
        awaitReplica();
    }

    private RedisNode node(Path home, String role) {
        var port = RealPeer.freePort();
        return RedisNode.server(
                home,
                port,
                transport.listening(port)
                        + """
                appendonly yes
                repl-diskless-sync-delay 0
                replica-announce-ip %s
                aclfile %s
                masteruser infraai-replica
                masterauth %s
                %s
                """.formatted(
                                        transport.host(),
                                        files.usersAndReplication(),
                                        files.password("infraai-replica"),
                                        role));
    }

    private RedisNode sentinel(Path home, int master) {
        var port = RealPeer.freePort();
        var password = files.password("infraai-sentinel");
        return RedisNode.sentinel(
                home,
                port,
                transport.listening(port)
                        + """
                aclfile %1$s
                sentinel resolve-hostnames yes
                sentinel announce-hostnames yes
                sentinel monitor %2$s %3$s %4$d 2
                sentinel auth-user %2$s infraai-sentinel
                sentinel auth-pass %2$s %5$s
                sentinel sentinel-user infraai-sentinel
                sentinel sentinel-pass %5$s
                sentinel down-after-milliseconds %2$s 1000
                sentinel failover-timeout %2$s 5000
                """.formatted(files.sentinelUsers(), MASTER, transport.host(), master, password));
    }

    @Override
    public Map<String, String> propertiesOf(String module) {
        var user = RedisSetup.userOf(module);
        var ports = sentinels.stream().mapToInt(RedisNode::port).toArray();
        var properties = new HashMap<>(transport.trust());
        properties.put("quarkus.redis.client-type", "sentinel");
        properties.put("quarkus.redis.master-name", MASTER);
        properties.put("quarkus.redis.hosts", transport.hosts(user, ports));
        properties.put("quarkus.redis.password", files.password(user));
        return properties;
    }

    /** Kills the master and waits for the next one. */
    RedisNode failOver() {
        var old = masterPort();
        var killed =
                nodes.stream().filter(node -> node.port() == old).findFirst().orElseThrow();
        killed.kill();
        await().atMost(PATIENCE).until(() -> masterPort() != old);
        return killed;
    }

    /** Waits until the master could be lost again. */
    void awaitReplica() {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> ask(masterPort(), "INFO", "replication").contains("state=online"));
        // the Sentinels learn of it from the master's own words, every ten seconds
        await().atMost(PATIENCE).until(() -> sentinels.stream().allMatch(this::seesReplica));
    }

    private boolean seesReplica(RedisNode sentinel) {
        var told = ask(sentinel.port(), "SENTINEL", "REPLICAS", MASTER);
        return told.contains("master-link-status\nok") && !told.contains("s_down");
    }

    int masterPort() {
        return Integer.parseInt(ask(sentinels.getFirst().port(), "SENTINEL", "GET-MASTER-ADDR-BY-NAME", MASTER)
                .split("\n")[1]);
    }

    private String ask(int port, String... words) {
        try (var line = transport.line(port, ASKING, files.password(ASKING))) {
            return line.ask(words);
        }
    }

    @Override
    public void close() {
        sentinels.forEach(RedisNode::close);
        nodes.forEach(RedisNode::close);
    }
}
