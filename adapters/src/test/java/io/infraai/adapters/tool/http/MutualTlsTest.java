package io.infraai.adapters.tool.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.infraai.adapters.tool.http.Answer.Given;
import io.infraai.adapters.tool.http.Answer.Missing;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.simulators.http.HttpAnswer;
import io.infraai.simulators.http.LoopbackServer;

import static org.assertj.core.api.Assertions.assertThat;

class MutualTlsTest {

    private static final char[] STORE = "changeit".toCharArray();

    @TempDir
    Path files;

    private final Vertx vertx = Vertx.vertx();
    private LoopbackServer server;

    @BeforeEach
    void start() throws Exception {
        issue("server");
        issue("client");
        var options = new HttpServerOptions()
                .setPort(0)
                .setSsl(true)
                .setClientAuth(ClientAuth.REQUIRED)
                .setTrustOptions(new PemTrustOptions().addCertPath(file("client.crt")))
                .setKeyCertOptions(
                        new PemKeyCertOptions().addCertPath(file("server.crt")).addKeyPath(file("server.key")));
        server = LoopbackServer.start(
                options,
                _ -> HttpAnswer.json(200, JsonNodeFactory.instance.objectNode().put("ok", true)));
    }

    @AfterEach
    void stop() {
        vertx.close();
        server.close();
    }

    @Test
    void whoHasACertificateIsServed() {
        assertThat(asked(Map.of(
                        "t.ca-file", file("server.crt"),
                        "t.certificate-file", file("client.crt"),
                        "t.key-file", file("client.key"))))
                .isInstanceOf(Given.class);
    }

    @Test
    void aServerThatNobodyVouchesForIsNotAsked() {
        var missing = (Missing) asked(Map.of());

        assertThat(missing.failure().reason()).isEqualTo(FailureReason.UNREACHABLE);
        assertThat(server.calls()).isEmpty();
    }

    @Test
    void whoHasNoCertificateIsNotServed() {
        assertThat(asked(Map.of("t.ca-file", file("server.crt")))).isInstanceOf(Missing.class);
        assertThat(server.calls()).isEmpty();
    }

    private Answer asked(Map<String, String> keys) {
        var all = new HashMap<>(keys);
        all.put("t.url", "https://127.0.0.1:" + server.port());
        return new JsonEndpoint(
                        "Thing", "t", Configured.with(ThingConfig.class, all), Map.of(), vertx, new ObjectMapper())
                .ask(Request.get("/"))
                .await()
                .atMost(Duration.ofSeconds(20));
    }

    /** A key and a certificate that signs itself, as PEM. */
    private void issue(String name) throws IOException, GeneralSecurityException, InterruptedException {
        var store = files.resolve(name + ".p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var process = new ProcessBuilder(List.of(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(STORE)))
                .redirectErrorStream(true)
                .redirectOutput(files.resolve(name + ".log").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        var keys = KeyStore.getInstance(store.toFile(), STORE);
        pem(name + ".crt", "CERTIFICATE", keys.getCertificate(name).getEncoded());
        pem(name + ".key", "PRIVATE KEY", keys.getKey(name, STORE).getEncoded());
    }

    private void pem(String file, String kind, byte[] content) throws IOException {
        var encoded = Base64.getMimeEncoder().encodeToString(content);
        Files.writeString(
                files.resolve(file), "-----BEGIN " + kind + "-----\n" + encoded + "\n-----END " + kind + "-----\n");
    }

    private String file(String name) {
        return files.resolve(name).toString();
    }
}
