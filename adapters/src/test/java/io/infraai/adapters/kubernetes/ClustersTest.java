package io.infraai.adapters.kubernetes;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.simulators.kubernetes.FaultKind;
import io.infraai.simulators.kubernetes.FaultRule;
import io.infraai.simulators.kubernetes.SimulatedCluster;

import static org.assertj.core.api.Assertions.assertThat;

class ClustersTest extends KubernetesToolTest {

    private record Access(
            Optional<URI> url,
            Optional<Path> tokenFile,
            Optional<Path> caFile,
            Optional<Path> kubeconfig,
            Optional<String> kubeconfigContext)
            implements ClusterAccess {}

    @TempDir
    Path files;

    private SimulatedCluster berlin;
    private Clusters both;

    @BeforeEach
    void startAnotherCluster() throws IOException {
        berlin = SimulatedCluster.start();
        berlin.requireBearer(Optional.of("first"));
        Files.writeString(token(), "first\n");
        var access = new Access(
                Optional.of(URI.create(berlin.url())),
                Optional.of(token()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        both = new Clusters(bounds(Map.of("berlin", access)));
    }

    @AfterEach
    void stopAnotherCluster() {
        both.close();
        berlin.close();
    }

    @Test
    void aClusterIsReachedByItsNameWithItsOwnToken() {
        berlin.addDeployment("shop", "only-here", 1);

        assertThat(get(both, "berlin", "only-here")).isInstanceOf(Done.class);
        assertThat(reason(get(both, null, "only-here"))).isEqualTo(FailureReason.TARGET_NOT_FOUND);
    }

    @Test
    void aTokenIsReadAgainOnceItWasRotated() throws IOException {
        get(both, "berlin", "web");
        berlin.requireBearer(Optional.of("second"));
        Files.writeString(token(), "second");

        assertThat(get(both, "berlin", "web")).isInstanceOf(Done.class);
    }

    @Test
    void aTokenFileThatIsGoneIsNamedAndTheTokenIsNot() throws IOException {
        Files.delete(token());

        var failed = (ToolResult.Failed) get(both, "berlin", "web");

        assertThat(failed.reason()).isEqualTo(FailureReason.NOT_PERMITTED);
        assertThat(failed.message()).contains("token").doesNotContain("first");
    }

    @Test
    void anUnknownClusterIsRefusedWithTheNamesOfTheKnownOnes() {
        var failed = (ToolResult.Failed) get(both, "paris", "web");

        assertThat(failed.reason()).isEqualTo(FailureReason.INVALID_PARAMETERS);
        assertThat(failed.message()).isEqualTo("There is no cluster paris; known are berlin, default");
    }

    @Test
    void oneClusterThatFailsDoesNotOpenTheBreakerOfAnother() {
        get(both, "berlin", "web");
        berlin.faults().inject(FaultRule.once("*", "", FaultKind.ERROR_BEFORE).times(100));
        for (int i = 0; i < 6; i++) {
            get(both, "berlin", "web");
        }

        assertThat(reason(get(both, "berlin", "web"))).isEqualTo(FailureReason.HELD_BACK);
        assertThat(get(both, "default", "web")).isInstanceOf(Done.class);
    }

    @Test
    void aContextOfAKubeconfigSaysWhereAClusterIs() throws IOException {
        assertThat(getByContext("to-berlin")).isInstanceOf(Done.class);
    }

    @Test
    void aContextThatTheKubeconfigDoesNotHaveIsNotReplacedByAnother() throws IOException {
        var failed = (ToolResult.Failed) getByContext("to-paris");

        assertThat(failed.reason()).isEqualTo(FailureReason.NOT_PERMITTED);
        assertThat(failed.message()).contains("no context to-paris").doesNotContain("first");
    }

    @Test
    void certificatesThatAreNotThereAreNamed() {
        var access = new Access(
                Optional.of(URI.create("https://127.0.0.1:1")),
                Optional.of(token()),
                Optional.of(files.resolve("no-ca.crt")),
                Optional.empty(),
                Optional.empty());
        var without = new Clusters(bounds(Map.of("berlin", access)));

        var failed = (ToolResult.Failed) get(without, "berlin", "web");

        without.close();
        assertThat(failed.reason()).isEqualTo(FailureReason.NOT_PERMITTED);
        assertThat(failed.message()).contains("no-ca.crt");
    }

    private ToolResult getByContext(String context) throws IOException {
        var kubeconfig = Files.writeString(files.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                current-context: elsewhere
                clusters:
                - {name: elsewhere, cluster: {server: "http://127.0.0.1:1"}}
                - {name: berlin, cluster: {server: "%s"}}
                users:
                - {name: me, user: {token: first}}
                contexts:
                - {name: elsewhere, context: {cluster: elsewhere, user: me}}
                - {name: to-berlin, context: {cluster: berlin, user: me}}
                """.formatted(berlin.url()));
        var access = new Access(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(kubeconfig), Optional.of(context));
        var byContext = new Clusters(bounds(Map.of("berlin", access)));
        try {
            return get(byContext, "berlin", "web");
        } finally {
            byContext.close();
        }
    }

    private Path token() {
        return files.resolve("token");
    }

    private static ToolResult get(Clusters clusters, @Nullable String cluster, String deployment) {
        return answer(new RolloutStatus(clusters)
                .read(new RolloutStatus.Parameters(deployment, "shop", null, cluster), context()));
    }
}
