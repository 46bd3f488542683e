package io.infraai.standalone.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.infraai.standalone.deploy.RightsTable.Kinds;
import io.infraai.standalone.deploy.RightsTable.Right;
import io.infraai.testkit.lab.ApiServer;
import io.infraai.testkit.lab.ControlPlane;
import io.infraai.testkit.lab.ControlPlane.User;
import io.infraai.testkit.lab.LabNamespace;
import io.infraai.testkit.lab.RealPeer;

import static org.assertj.core.api.Assertions.assertThat;

/** The chart before a real API server, and what its accounts may do there. */
@Tag("lab")
class ChartLabTest {

    private static final String CHART = RightsTable.CHART.toString();

    /**
     * What later servers call by another version, by the one that this server has: what the chart uses of it is the same, which
     * {@link OperatorKindsLabTest} sees to.
     */
    private static final Map<String, String> EARLIER =
            Map.of("policy/v1", "policy/v1beta1", "autoscaling/v2", "autoscaling/v2beta2");

    private static final Pattern KIND = Pattern.compile("(?m)^apiVersion: (\\S+)\\nkind: (\\S+)$");

    private static final Kinds KINDS = new Kinds(List.of("/services"), List.of("/configmaps"));

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path home;

    private static ControlPlane plane;
    private static ApiServer admin;
    private static LabNamespace infraai;
    private static LabNamespace shop;
    private static LabNamespace other;

    @BeforeAll
    static void install() throws IOException {
        RealPeer.assumeInstalled("helm", "kubectl");
        plane = ControlPlane.shared();
        admin = plane.as(User.ADMIN);
        infraai = LabNamespace.create(admin, "chart");
        shop = LabNamespace.create(admin, "chart-shop");
        other = LabNamespace.create(admin, "chart-other");
        helm("everywhere", "{}");
        helm("narrow", "{\"namespaces\":[\"chart-shop\"],\"exclude\":[\"drain_node\"]}");
    }

    @AfterAll
    static void uninstall() {
        if (infraai != null) {
            Stream.of("everywhere", "narrow")
                    .forEach(release -> Program.run(
                                    "helm",
                                    "uninstall",
                                    release,
                                    "--no-hooks",
                                    "-n",
                                    "chart",
                                    "--kubeconfig",
                                    kubeconfig())
                            .good());
            Stream.of(other, shop, infraai).forEach(LabNamespace::close);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"minimal", "production", "hpa", "namespaced", "sentinel", "secrets", "cluster", "demo"})
    void everyProfileIsCleanAndTheServerTakesWhatItKnows(String profile) {
        Program.run("helm", "lint", "--strict", CHART, "-f", values(profile)).good();
        var objects = objects(Program.run(
                        "helm",
                        "template",
                        "dry",
                        CHART,
                        "-n",
                        "chart",
                        "-f",
                        values(profile),
                        "--kube-version",
                        "1.20.2")
                .good()
                .replace("namespace: shop", "namespace: chart-shop")
                .replace("namespace: web", "namespace: chart-other"));
        var known = objects.stream()
                .filter(object -> !OperatorKindsLabTest.OF_OPERATORS.contains(kind(object)))
                .map(ChartLabTest::earlier)
                .toList();

        var answer = dryRun(String.join("\n---\n", known)).good();

        assertThat(answer.lines().filter(line -> line.endsWith("(server dry run)")))
                .hasSameSizeAs(known);
    }

    @Test
    void anUnknownFieldWouldBeNoticed() {
        var rendered = Program.run("helm", "template", "dry", CHART, "-n", "chart", "-f", values("demo"))
                .good();

        var answer = dryRun(rendered.replace("enableServiceLinks:", "enableServiceLynx:"));

        assertThat(answer.exit()).isNotZero();
        assertThat(answer.output()).contains("enableServiceLynx");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "worker.slotz=3",
                "worker.autoscaling.by=luck",
                "redis.type=memory",
                "redis.nodes[0].host=a",
                "externalSecrets[0].secret=a",
                "gateway.replicas=many",
                "rbac.readable[0].resources[0]=secrets",
                "config.infraai\\.api-key=x"
            })
    void aValueThatIsWrittenWrongIsRefused(String value) {
        var answer = Program.run("helm", "template", "dry", CHART, "-f", values("minimal"), "--set", value);

        assertThat(answer.exit()).isNotZero();
        assertThat(answer.output()).contains("values don't meet the specifications of the schema");
    }

    @Test
    void thePlainManifestsAreWhatTheChartYields() {
        Program.run(Path.of("..", "deploy", "render.sh").toString(), "--check").good();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "healing", "engine", "worker"})
    void eachServiceIsInstalledAndItsPodsAreReady(String service) {
        LabNamespace.soon().until(() -> infraai.ready("deployments/everywhere-infraai-" + service) == 2);
    }

    @Test
    void theWorkerMayDoWhatTheTableSaysAndNothingElse() {
        assertThat(allowed("everywhere-infraai-worker", "chart-other"))
                .isEqualTo(RightsTable.read().granted(true, KINDS));
    }

    @Test
    void theEngineMayReadWhatTheTableSaysAndNothingElse() {
        assertThat(allowed("everywhere-infraai-engine", "chart-other"))
                .isEqualTo(RightsTable.read().granted(false, KINDS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "healing"})
    void thoseThatActOnNothingMayDoNothing(String service) {
        assertThat(allowed("everywhere-infraai-" + service, "chart-other")).isEmpty();
    }

    @Test
    void aWorkerOfOneNamespaceMayDoNothingInAnother() {
        assertThat(allowed("narrow-infraai-worker", "chart-shop"))
                .contains(new Right("", "pods/eviction", "create"), new Right("apps", "deployments", "patch"));
        assertThat(allowed("narrow-infraai-worker", "chart-other"))
                .isNotEmpty()
                .allMatch(right -> right.resource().equals("nodes"));
    }

    private static void helm(String release, String rbac) throws IOException {
        var values = home.resolve(release + ".json");
        var rights = JSON.readTree("""
                {"readable":[{"apiGroups":[""],"resources":["services"]}],
                 "changeable":[{"apiGroups":[""],"resources":["configmaps"]}]}""");
        JSON.readerForUpdating(rights).readValue(rbac);
        Files.writeString(values, """
                {"rbac":%s,"podDisruptionBudget":{"enabled":false}}""".formatted(rights));
        // no hooks: nothing here runs the migration's pod to its end
        Program.run(
                        "helm",
                        "install",
                        release,
                        CHART,
                        "--no-hooks",
                        "--namespace=chart",
                        "--kubeconfig=" + kubeconfig(),
                        "--values=" + values("minimal"),
                        "--values=" + values)
                .good();
    }

    private static Program dryRun(String manifests) {
        return Program.fed(
                manifests, "kubectl", "--kubeconfig=" + kubeconfig(), "apply", "--dry-run=server", "-f", "-");
    }

    private static String kubeconfig() {
        return plane.kubeconfig(User.ADMIN).toString();
    }

    private static String values(String profile) {
        return RightsTable.CHART.resolve("ci").resolve(profile + ".yaml").toString();
    }

    private static List<String> objects(String manifests) {
        return Stream.of(manifests.split("(?m)^---$"))
                .filter(object -> KIND.matcher(object).find())
                .toList();
    }

    private static String earlier(String object) {
        var told = object;
        for (var version : EARLIER.entrySet()) {
            told = told.replaceFirst("(?m)^apiVersion: " + version.getKey() + "$", "apiVersion: " + version.getValue());
        }
        return told;
    }

    private static String kind(String object) {
        var kind = KIND.matcher(object);
        assertThat(kind.find()).as(object).isTrue();
        return kind.group(1) + "/" + kind.group(2);
    }

    private static Set<Right> allowed(String account, String namespace) {
        return CanI.list(plane.kubeconfig(User.ADMIN), "chart:" + account, namespace);
    }
}
