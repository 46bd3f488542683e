package io.infraai.standalone.deploy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.infraai.testkit.lab.ApiServer;
import io.infraai.testkit.lab.ControlPlane;
import io.infraai.testkit.lab.ControlPlane.User;
import io.infraai.testkit.lab.LabNamespace;
import io.infraai.testkit.lab.RealPeer;
import io.infraai.testkit.yaml.YamlDocuments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The kinds that the server of {@link ChartLabTest} doesn't know, before that server: it is given definitions of them, made from their
 * published types. That covers fields, their types and which are needed; {@link ChartTypesLabTest} adds formats and bounds.
 */
@Tag("lab")
class OperatorKindsLabTest {

    /** As {@code group/version/kind}. */
    static final Set<String> OF_OPERATORS = Set.of(
            "keda.sh/v1alpha1/ScaledObject",
            "keda.sh/v1alpha1/TriggerAuthentication",
            "monitoring.coreos.com/v1/ServiceMonitor",
            "monitoring.coreos.com/v1/PrometheusRule",
            "external-secrets.io/v1/ExternalSecret");

    /** Of today's Kubernetes. Nobody may add to its groups, so they are in another one here. */
    private static final Map<String, String> OF_TODAY = Map.of(
            "policy/v1/PodDisruptionBudget", "policy.lab.example.com/v1",
            "autoscaling/v2/HorizontalPodAutoscaler", "autoscaling.lab.example.com/v2");

    private static ApiServer admin;
    private static LabNamespace namespace;
    private static String definitions;

    @BeforeAll
    static void define() {
        RealPeer.assumeInstalled("helm", "kubectl", "node");
        assumeTrue(
                Program.run(ChartTypesLabTest.TYPES, "present").exit() == 0,
                "The types aren't here; ./infraai lab tells how to get them");
        var plane = ControlPlane.shared();
        admin = plane.as(User.ADMIN);
        var kinds = Stream.concat(OF_OPERATORS.stream(), OF_TODAY.keySet().stream());
        definitions = Program.run(Stream.concat(Stream.of(ChartTypesLabTest.TYPES, "crds"), kinds)
                        .toArray(String[]::new))
                .good();
        kubectl("create", "--filename=-");
        kubectl("wait", "--for=condition=Established", "--timeout=30s", "--filename=-");
        namespace = LabNamespace.create(admin, "kinds");
    }

    @AfterAll
    static void forget() {
        if (namespace != null) {
            namespace.close();
            kubectl("delete", "--filename=-");
        }
    }

    /** Each with how many objects of those kinds it has. */
    @ParameterizedTest
    @CsvSource({"minimal,4", "production,8", "hpa,5", "namespaced,4", "sentinel,6", "secrets,8", "cluster,6", "demo,0"})
    void whatIsSentIsTakenAndNothingIsPruned(String profile, int objects) {
        var sent = objects(RenderedChart.of(profile, "kinds"));

        assertThat(sent).hasSize(objects);
        assertThat(sent).allSatisfy(object -> assertKept(object, taken(object), kind(object)));
    }

    @ParameterizedTest
    @CsvSource({
        "production,maxReplicaCount,maxReplicas",
        "production,targetLabels,targetLables",
        "production,annotations:,anotations:",
        "production,maxUnavailable: 1,maxUnavailble: 1",
        "production,secretTargetRef,secretTargetReference",
        "secrets,remoteRef:,remoteReference:",
        "hpa,averageValue,averageValu"
    })
    void aFieldThatIsWrittenWrongIsNoticed(String profile, String right, String wrong) {
        assertNoticed(profile, right, wrong);
    }

    @ParameterizedTest
    @CsvSource({
        "production,'lagCount: \"500\"',lagCount: 500",
        "production,pollingInterval: 15,pollingInterval: soon",
        "production,path: /q/metrics,path: [/q/metrics]"
    })
    void aValueOfAnotherTypeIsNoticed(String profile, String right, String wrong) {
        assertNoticed(profile, right, wrong);
    }

    private static void assertNoticed(String profile, String right, String wrong) {
        var manifests = RenderedChart.of(profile, "kinds");
        assertThat(manifests).contains(right);

        assertThat(objects(manifests.replace(right, wrong))).anyMatch(object -> {
            var answer = tried(object);
            return answer.code() == 422
                    || !differences(object, answer.body(), kind(object)).isEmpty();
        });
    }

    private static void assertKept(JsonNode sent, JsonNode kept, String path) {
        assertThat(differences(sent, kept, path)).isEmpty();
    }

    /** Where what was kept isn't what was sent; what the server added is its business. */
    private static List<String> differences(JsonNode sent, JsonNode kept, String path) {
        if (sent.isObject()) {
            return sent.properties().stream()
                    .flatMap(field ->
                            differences(field.getValue(), kept.path(field.getKey()), path + "/" + field.getKey())
                                    .stream())
                    .toList();
        }
        if (sent.isArray() && sent.size() == kept.size()) {
            return IntStream.range(0, sent.size())
                    .boxed()
                    .flatMap(i -> differences(sent.get(i), kept.get(i), path + "/" + i).stream())
                    .toList();
        }
        return sent.equals(kept) ? List.of() : List.of(path + ": " + sent + " became " + kept);
    }

    private static JsonNode taken(JsonNode object) {
        var answer = tried(object);
        assertThat(answer.code()).as(answer.body().toString()).isEqualTo(201);
        return answer.body();
    }

    private static ApiServer.Answer tried(JsonNode object) {
        var plural = object.path("kind").asText().toLowerCase(Locale.ROOT) + "s";
        return admin.send(
                "POST",
                "/apis/" + object.path("apiVersion").asText() + "/namespaces/kinds/" + plural + "?dryRun=All",
                "application/json",
                object.toString());
    }

    private static List<JsonNode> objects(String manifests) {
        return YamlDocuments.read(manifests).stream()
                .filter(object -> OF_OPERATORS.contains(kind(object)) || OF_TODAY.containsKey(kind(object)))
                .map(object -> {
                    var here = ((ObjectNode) object.deepCopy());
                    here.withObject("metadata").put("namespace", "kinds");
                    return here.put(
                            "apiVersion",
                            OF_TODAY.getOrDefault(
                                    kind(object), object.path("apiVersion").asText()));
                })
                .map(JsonNode.class::cast)
                .toList();
    }

    private static String kind(JsonNode object) {
        return object.path("apiVersion").asText() + "/" + object.path("kind").asText();
    }

    private static void kubectl(String... arguments) {
        var command = Stream.concat(
                Stream.of("kubectl", "--kubeconfig=" + ControlPlane.shared().kubeconfig(User.ADMIN)),
                Stream.of(arguments));
        Program.fed(definitions, command.toArray(String[]::new)).good();
    }
}
