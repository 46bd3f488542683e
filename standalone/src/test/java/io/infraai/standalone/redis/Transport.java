package io.infraai.standalone.redis;

import java.util.Map;
import javax.net.SocketFactory;

import org.jspecify.annotations.Nullable;

import io.infraai.testkit.RedisLine;
import io.infraai.testkit.lab.Trust;

/**
 * How the servers of a set-up are spoken to, and speak to each other.
 *
 * @param host by which they are called, and call each other
 * @param certificate of them all; nothing is encrypted without one
 */
record Transport(String host, @Nullable Certificate certificate) {

    static Transport inTheClear() {
        return new Transport("127.0.0.1", null);
    }

    /** Whether they have a name, and not a number only. */
    boolean isNamed() {
        return !host.equals("127.0.0.1");
    }

    /** What a server or Sentinel is configured with. */
    String listening(int port) {
        return certificate == null
                ? "port " + port + "\n"
                : """
                port 0
                tls-port %1$d
                tls-cert-file %2$s
                tls-key-file %3$s
                tls-ca-cert-file %2$s
                tls-auth-clients no
                tls-replication yes
                tls-cluster yes
                """.formatted(port, certificate.certificate(), certificate.key());
    }

    String scheme() {
        return certificate == null ? "redis" : "rediss";
    }

    /** What a service is told of whom to believe, as the chart puts it. */
    Map<String, String> trust() {
        return certificate == null
                ? Map.of()
                : Map.of(
                        "quarkus.redis.tls.enabled", "true",
                        "quarkus.redis.tls.hostname-verification-algorithm", "HTTPS",
                        "quarkus.redis.tls.trust-certificate-pem", "true",
                        "quarkus.redis.tls.trust-certificate-pem.certs",
                                certificate.certificate().toString());
    }

    RedisLine line(int port, String user, String password) {
        var sockets = certificate == null
                ? SocketFactory.getDefault()
                : Trust.in(certificate.certificate()).getSocketFactory();
        return RedisLine.to(port, sockets, user, password);
    }

    String hosts(String user, int... ports) {
        return RedisSetup.hosts(scheme(), user, host, ports);
    }
}
