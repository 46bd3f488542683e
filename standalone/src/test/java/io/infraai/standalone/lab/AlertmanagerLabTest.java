package io.infraai.standalone.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.infraai.standalone.services.Installation;
import io.infraai.standalone.services.ServiceProcess;
import io.infraai.testkit.lab.RealPeer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A real Alertmanager, and a real Prometheus, firing into InfraAI. */
@Tag("lab")
class AlertmanagerLabTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Always told: Alertmanager takes an alert without it to start when it ends. */
    private final Instant started = Instant.now();

    private static final String POLICY = "ScaleFromTheLab";
    private static final Pattern FAILED =
            Pattern.compile("alertmanager_notifications_failed_total\\{integration=\"webhook\"[^}]*} (\\d+)");

    private static Installation installation;
    private static ServiceProcess worker;
    private static int port;
    private static ServiceProcess gateway;

    @TempDir
    Path home;

    @BeforeAll
    static void install() {
        RealPeer.assumeInstalled("prometheus-alertmanager");
        installation = new Installation();
        installation.policy(
                POLICY,
                "{\"tool\":\"scale_deployment\",\"params\":{\"deployment_name\":\"${label.target}\",\"namespace\":\"shop\",\"replicas\":3}}");
        worker = installation.worker(Map.of());
        port = ServiceProcess.freePort();
        gateway = installation.gateway(port).ready();
    }

    @AfterAll
    static void uninstall() {
        if (installation != null) {
            gateway.close();
            worker.close();
            installation.close();
        }
    }

    @Test
    void aFiringAlertIsActedOnOnceHoweverOftenItIsRepeatedAndResolves() throws IOException {
        var target = newDeployment();
        try (var alertmanager = alertmanager("a", port)) {
            fire(alertmanager, target);
            installation.task(target, "done");
            await().atMost(PATIENCE).until(() -> episode(target).path("repeats").asInt() >= 1);

            resolve(alertmanager, target);

            await().atMost(PATIENCE)
                    .until(() -> episode(target).path("state").asText().equals("resolved"));
        }
        assertActedOnOnce(target);
    }

    @Test
    void bothHalvesOfAPairThatDoNotSeeEachOtherMakeOneTask() throws IOException {
        var target = newDeployment();
        try (var one = alertmanager("one", port);
                var other = alertmanager("other", port)) {
            fire(one, target);
            fire(other, target);
            installation.task(target, "done");
            await().atMost(PATIENCE).until(() -> episode(target).path("repeats").asInt() >= 1);
        }
        assertActedOnOnce(target);
    }

    @Test
    void anAlertThatFiredWhileTheGatewayWasDownIsTakenOnceItIsBack() throws IOException {
        var target = newDeployment();
        var away = ServiceProcess.freePort();
        try (var alertmanager = alertmanager("patient", away)) {
            fire(alertmanager, target);
            await().atMost(PATIENCE).until(() -> failures(alertmanager) > 0);
            try (var _ = installation.gateway(away).ready()) {
                installation.task(target, "done");
            }
        }
        assertActedOnOnce(target);
    }

    @Test
    void aPrometheusMayPostToItAsToAnAlertmanager() throws IOException {
        RealPeer.assumeInstalled("prometheus");
        var target = newDeployment();
        try (var _ = prometheus(target)) {
            installation.task(target, "done");
            await().atMost(PATIENCE).until(() -> episode(target).path("repeats").asInt() >= 1);
        }
        assertActedOnOnce(target);
    }

    private static String newDeployment() {
        var name = Installation.unique("lab");
        installation.cluster().addDeployment("shop", name, 1);
        return name;
    }

    private RealPeer alertmanager(String name, int webhookPort) throws IOException {
        var directory = Files.createDirectories(home.resolve(name));
        Files.writeString(directory.resolve("am.yml"), """
                route:
                  receiver: infraai
                  group_by: [alertname, target]
                  group_wait: 1s
                  group_interval: 2s
                  repeat_interval: 3s
                receivers:
                  - name: infraai
                    webhook_configs:
                      - url: http://127.0.0.1:%d/api/alerts
                        send_resolved: true
                        http_config:
                          authorization:
                            credentials_file: %s
                """.formatted(
                        webhookPort, installation.keyFile().toAbsolutePath()));
        var listen = RealPeer.freePort();
        return RealPeer.start(
                        directory,
                        "prometheus-alertmanager",
                        listen,
                        List.of(
                                "--config.file=am.yml",
                                "--storage.path=data",
                                "--web.listen-address=127.0.0.1:" + listen,
                                "--cluster.listen-address="))
                .ready("/-/ready");
    }

    private RealPeer prometheus(String target) throws IOException {
        var directory = Files.createDirectories(home.resolve("prometheus"));
        Files.writeString(directory.resolve("rules.yml"), """
                groups:
                  - name: lab
                    interval: 1s
                    rules:
                      - alert: %s
                        expr: vector(1)
                        labels: {target: %s, severity: critical}
                        annotations: {summary: "Too few of {{ $labels.target }}"}
                """.formatted(POLICY, target));
        Files.writeString(directory.resolve("prom.yml"), """
                global: {evaluation_interval: 1s}
                rule_files: [rules.yml]
                alerting:
                  alertmanagers:
                    - authorization: {credentials_file: %s}
                      static_configs: [{targets: ['127.0.0.1:%d']}]
                """.formatted(
                        installation.keyFile().toAbsolutePath(), port));
        var listen = RealPeer.freePort();
        return RealPeer.start(
                        directory,
                        "prometheus",
                        listen,
                        List.of(
                                "--config.file=prom.yml",
                                "--storage.tsdb.path=data",
                                "--rules.alert.resend-delay=1s",
                                "--web.listen-address=127.0.0.1:" + listen))
                .ready("/-/ready");
    }

    private void fire(RealPeer alertmanager, String target) {
        post(alertmanager, target, started.plus(Duration.ofHours(1)));
    }

    private void resolve(RealPeer alertmanager, String target) {
        post(alertmanager, target, Instant.now());
    }

    private void post(RealPeer alertmanager, String target, Instant endsAt) {
        alertmanager.post("/api/v2/alerts", """
                [{"labels":{"alertname":"%s","target":"%s"},"annotations":{"summary":"lab"},"startsAt":"%s","endsAt":"%s"}]""".formatted(POLICY, target, started, endsAt));
    }

    private static int failures(RealPeer alertmanager) {
        var found = FAILED.matcher(alertmanager.get("/metrics"));
        return found.find() ? Integer.parseInt(found.group(1)) : 0;
    }

    private static JsonNode episode(String target) {
        return installation
                .get("/api/alerts?label=target=" + target)
                .path("items")
                .path(0);
    }

    private static void assertActedOnOnce(String target) {
        var episodes = installation.get("/api/alerts?label=target=" + target).path("items");
        assertThat(episodes).hasSize(1);
        assertThat(episodes.path(0).path("tasks")).hasSize(1);
        var uid = episodes.path(0).path("tasks").path(0).path("uid").asText();
        assertThat(installation.cluster().calls().effectsOf(uid)).hasSize(1);
    }
}
