package io.infraai.standalone.redis;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import io.infraai.standalone.deploy.RedisFiles;
import io.infraai.testkit.lab.RealPeer;

/** One server that speaks TLS only, and knows nobody but the users of deploy/redis. */
final class TlsSetup implements RedisSetup {

    private final RedisFiles files;
    private final Certificate certificate;
    private final RedisNode node;

    TlsSetup(Path home, Certificate certificate) {
        this.certificate = certificate;
        files = RedisFiles.filledIn(home.resolve("users"));
        var port = RealPeer.freePort();
        node = RedisNode.server(
                home.resolve("server"),
                port,
                new Transport("127.0.0.1", certificate).listening(port) + "aclfile " + files.users() + "\n");
    }

    @Override
    public Map<String, String> propertiesOf(String module) {
        return properties(module, "127.0.0.1", certificate);
    }

    /**
     * @param name by which the server is called
     * @param trusted whose certificate is believed
     */
    Map<String, String> properties(String module, String name, Certificate trusted) {
        var transport = new Transport(name, trusted);
        var user = RedisSetup.userOf(module);
        var properties = new HashMap<>(transport.trust());
        properties.put("quarkus.redis.hosts", transport.hosts(user, node.port()) + "/0");
        properties.put("quarkus.redis.password", files.password(user));
        return properties;
    }

    @Override
    public void close() {
        node.close();
    }
}
