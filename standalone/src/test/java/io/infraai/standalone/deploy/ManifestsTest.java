package io.infraai.standalone.deploy;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.infraai.testkit.yaml.YamlDocuments;

import static org.assertj.core.api.Assertions.assertThat;

/** What the plain manifests, which are what the chart yields, hold to whatever cluster takes them. */
class ManifestsTest {

    private static final List<String> SERVICES = List.of("gateway", "healing", "engine", "worker");

    /** What the restricted Pod Security Standard lets a pod mount. */
    private static final Set<String> VOLUMES = Set.of(
            "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret");

    @ParameterizedTest
    @ValueSource(strings = {"minimal", "production", "demo"})
    void everyPodMeetsTheRestrictedStandard(String profile) {
        assertThat(pods(profile)).isNotEmpty().allSatisfy(pod -> {
            var security = pod.path("securityContext");
            assertThat(security.path("runAsNonRoot").asBoolean()).isTrue();
            assertThat(security.path("runAsUser").asInt()).isPositive();
            assertThat(security.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            assertThat(pod.has("hostNetwork") || pod.has("hostPID") || pod.has("hostIPC"))
                    .isFalse();
            pod.path("volumes").forEach(volume -> assertThat(fields(volume)).containsAnyElementsOf(VOLUMES));
            assertThat(pod.has("initContainers")).isFalse();
            assertThat(pod.path("containers")).isNotEmpty().allSatisfy(ManifestsTest::assertRestricted);
        });
    }

    private static void assertRestricted(JsonNode container) {
        var security = container.path("securityContext");
        assertThat(security.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(security.at("/capabilities/drop"))
                .extracting(JsonNode::asText)
                .containsExactly("ALL");
        assertThat(fields(security))
                .containsExactlyInAnyOrder("allowPrivilegeEscalation", "readOnlyRootFilesystem", "capabilities");
        assertThat(container.path("ports")).noneMatch(port -> port.has("hostPort"));
        assertThat(container.at("/resources/limits/memory").asText()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "healing", "engine", "worker"})
    void everyServiceIsProbedSpreadAndBudgeted(String service) {
        var pod = deployment(service).at("/spec/template/spec");
        var container = pod.at("/containers/0");

        for (var probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            assertThat(container.path(probe).at("/httpGet/path").asText()).startsWith("/q/health/");
        }
        assertThat(pod.at("/topologySpreadConstraints/0/labelSelector/matchLabels/app.kubernetes.io~1component")
                        .asText())
                .isEqualTo(service);
        assertThat(object("production", "PodDisruptionBudget", "infraai-" + service)
                        .at("/spec/maxUnavailable")
                        .asInt())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"healing", "engine", "worker"})
    void aPodIsGivenLongerToEndThanItsHandlersAre(String service) {
        var grace = seconds(service, "mp.messaging.connector.redis-streams.grace");
        var pod = deployment(service).at("/spec/template/spec");

        // giving back, the way out, the pools and the process itself take their time as well
        assertThat(Duration.ofSeconds(pod.path("terminationGracePeriodSeconds").asLong()))
                .isGreaterThanOrEqualTo(grace.plusSeconds(10));
    }

    @Test
    void aWorkerHasTwentyFiveSecondsForItsTasks() {
        assertThat(seconds("worker", "mp.messaging.connector.redis-streams.grace"))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(25));
    }

    @Test
    void aGatewayStopsListeningBeforeItIsKilled() {
        var pod = deployment("gateway").at("/spec/template/spec");
        var preStop = pod.at("/containers/0/lifecycle/preStop/sleep/seconds").asLong();

        assertThat(Duration.ofSeconds(pod.path("terminationGracePeriodSeconds").asLong()))
                .isGreaterThanOrEqualTo(
                        seconds("gateway", "quarkus.shutdown.timeout").plusSeconds(preStop + 13));
    }

    @Test
    void onlyThoseThatReachPlatformsHaveAToken() {
        assertThat(SERVICES.stream()
                        .filter(service -> deployment(service)
                                .at("/spec/template/spec/automountServiceAccountToken")
                                .asBoolean(true)))
                .containsExactly("engine", "worker");
    }

    @Test
    void whoReachesWhatIsWhatTheDesignSays() {
        assertThat(egress("gateway")).containsExactly(53, 5432, 6379);
        assertThat(egress("healing")).containsExactly(53, 5432, 6379);
        assertThat(egress("engine")).containsExactly(53, 443, 5432, 6379, 6443);
        assertThat(egress("worker")).containsExactly(53, 443, 5432, 6379, 6443);
        assertThat(egress("migration")).containsExactly(53, 5432);
        assertThat(ports("gateway", "ingress")).containsExactly(8080, 9000);
        for (var service : List.of("healing", "engine", "worker")) {
            assertThat(ports(service, "ingress")).containsExactly(9000);
        }
        assertThat(ports("migration", "ingress")).isEmpty();
    }

    @Test
    void kedaScalesByTheLagAndByWhatIsPendingOfTheWorkersStream() throws IOException {
        var channel = new Properties();
        channel.load(new StringReader(Files.readString(
                Path.of("..", "worker", "src", "main", "resources", "META-INF", "microprofile-config.properties"))));
        var triggers = object("production", "ScaledObject", "infraai-worker").at("/spec/triggers");

        assertThat(triggers).hasSize(2).allSatisfy(trigger -> {
            var metadata = trigger.path("metadata");
            assertThat(trigger.path("type").asText()).isEqualTo("redis-streams");
            assertThat(metadata).isNotEmpty().allMatch(JsonNode::isTextual);
            assertThat(metadata.path("stream").asText())
                    .isEqualTo(channel.getProperty("mp.messaging.incoming.tasks-in.stream"));
            assertThat(metadata.path("consumerGroup").asText())
                    .isEqualTo(channel.getProperty("mp.messaging.incoming.tasks-in.group"));
            assertThat(trigger.at("/authenticationRef/name").asText()).isEqualTo("infraai-worker");
            // in one trigger the first would win and the second be ignored
            assertThat(metadata.has("lagCount")).isNotEqualTo(metadata.has("pendingEntriesCount"));
        });
        assertThat(triggers).anyMatch(trigger -> trigger.path("metadata").has("lagCount"));
        assertThat(triggers).anyMatch(trigger -> trigger.path("metadata").has("pendingEntriesCount"));
    }

    @Test
    void workersThatAreAllFullAskForMore() {
        var perWorker = StreamSupport.stream(
                        object("production", "ScaledObject", "infraai-worker")
                                .at("/spec/triggers")
                                .spliterator(),
                        false)
                .mapToInt(trigger -> trigger.at("/metadata/pendingEntriesCount").asInt())
                .max()
                .orElseThrow();

        assertThat(perWorker).isPositive().isLessThan(Integer.parseInt(property("worker", "infraai.worker.slots")));
    }

    @Test
    void theIngressLetsStreamsBeLongAndRedirectsNobody() {
        var annotations = object("production", "Ingress", "infraai-gateway").at("/metadata/annotations");

        assertThat(annotations
                        .path("nginx.ingress.kubernetes.io/proxy-read-timeout")
                        .asInt())
                .isGreaterThanOrEqualTo(3600);
        assertThat(annotations.path("nginx.ingress.kubernetes.io/ssl-redirect").asText())
                .isEqualTo("false");
    }

    private static Set<Integer> egress(String service) {
        return ports(service, "egress");
    }

    private static Set<Integer> ports(String service, String direction) {
        var ports = new TreeSet<Integer>();
        for (var rule :
                object("production", "NetworkPolicy", "infraai-" + service).at("/spec/" + direction)) {
            assertThat(rule.path("ports"))
                    .as("a rule without ports lets everything through")
                    .isNotEmpty();
            rule.path("ports").forEach(port -> ports.add(port.path("port").asInt()));
        }
        return ports;
    }

    private static Duration seconds(String service, String key) {
        return Duration.parse("PT" + property(service, key));
    }

    private static String property(String service, String key) {
        var properties = new Properties();
        try {
            properties.load(new StringReader(object("production", "ConfigMap", "infraai-" + service)
                    .path("data")
                    .path("application.properties")
                    .asText()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty(key);
    }

    private static JsonNode deployment(String service) {
        return object("production", "Deployment", "infraai-" + service);
    }

    private static JsonNode object(String profile, String kind, String name) {
        return objects(profile)
                .filter(object -> object.path("kind").asText().equals(kind)
                        && object.at("/metadata/name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(profile + " has no " + kind + " " + name));
    }

    /** Of everything that runs pods, and of pods themselves. */
    private static List<JsonNode> pods(String profile) {
        return objects(profile)
                .map(object -> object.path("kind").asText().equals("Pod")
                        ? object.path("spec")
                        : object.at("/spec/template/spec"))
                .filter(spec -> spec.has("containers"))
                .toList();
    }

    private static Stream<JsonNode> objects(String profile) {
        try {
            return YamlDocuments.read(Files.readString(Path.of("..", "deploy", "kubernetes", profile + ".yaml")))
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> fields(JsonNode object) {
        return object.propertyStream().map(Map.Entry::getKey).toList();
    }
}
