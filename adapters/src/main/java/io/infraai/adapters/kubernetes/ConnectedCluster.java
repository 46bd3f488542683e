package io.infraai.adapters.kubernetes;

import java.util.function.Function;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult.Failed;

/** One cluster with its own lanes and breaker. The client is made with the first call, since that reads files. */
final class ConnectedCluster implements AutoCloseable {

    private final KubernetesConfig config;
    private final ClusterAccess access;
    private final KubernetesCalls calls;
    private @Nullable KubernetesClient client;
    private @Nullable KubernetesApi api;

    ConnectedCluster(KubernetesConfig config, ClusterAccess access) {
        this.config = config;
        this.access = access;
        this.calls = new KubernetesCalls(config);
    }

    <R> Uni<R> off(ToolContext context, Function<KubernetesApi, R> call, Function<Failed, R> failure) {
        return calls.off(context, () -> call.apply(connected()), failure);
    }

    private synchronized KubernetesApi connected() {
        var known = api;
        if (known == null) {
            client = KubernetesClients.client(config, access);
            known = new KubernetesApi(client);
            api = known;
        }
        return known;
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.close();
        }
    }
}
