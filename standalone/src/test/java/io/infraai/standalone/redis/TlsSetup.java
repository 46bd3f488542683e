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
        node = RedisNode.server(home.resolve("server"), port, """
                port 0
                tls-port %1$d
                tls-cert-file %2$s
                tls-key-file %3$s
                tls-ca-cert-file %2$s
                tls-auth-clients no
                aclfile %4$s
                """.formatted(
                        port, certificate.certificate(), certificate.key(), files.users()));
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
        var user = RedisSetup.userOf(module);
        var properties = new HashMap<>(Map.of(
                "quarkus.redis.hosts",
                "rediss://" + user + "@" + name + ":" + node.port() + "/0",
                "quarkus.redis.password",
                files.password(user)));
        // as the chart puts it
        properties.put("quarkus.redis.tls.enabled", "true");
        properties.put("quarkus.redis.tls.hostname-verification-algorithm", "HTTPS");
        properties.put("quarkus.redis.tls.trust-certificate-pem", "true");
        properties.put(
                "quarkus.redis.tls.trust-certificate-pem.certs",
                trusted.certificate().toString());
        return properties;
    }

    @Override
    public void close() {
        node.close();
    }
}
