package io.infraai.adapters.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import org.jspecify.annotations.Nullable;

/** Makes the client that all tools share for a cluster; apart from Quarkus' own, which repeats requests by itself. */
final class KubernetesClients {

    private KubernetesClients() {}

    static KubernetesClient client(KubernetesConfig bounds, ClusterAccess access) {
        var config = new ConfigBuilder(whereabouts(access))
                .withUserAgent("infraai")
                .withConnectionTimeout(Math.toIntExact(bounds.connectTimeout().toMillis()))
                .withRequestTimeout(Math.toIntExact(bounds.callTimeout().toMillis()))
                // the client would send a DELETE up to eleven times to a server that answers 503; the task's own
                // retries know what was already tried
                .withRequestRetryBackoffLimit(0);
        access.tokenFile().ifPresent(file -> config.withOauthTokenProvider(() -> token(file)));
        access.caFile().ifPresent(file -> config.withCaCertFile(file.toString()));
        return new KubernetesClientBuilder()
                .withConfig(config.build())
                .withHttpClientBuilderConsumer(KubernetesClients::nameTheTask)
                .build();
    }

    /** A kubeconfig that happens to lie here must neither be used nor its token be sent to an address that was given. */
    private static Config whereabouts(ClusterAccess access) {
        if (access.url().isPresent()) {
            return new ConfigBuilder(Config.empty())
                    .withMasterUrl(access.url().get().toString())
                    .build();
        }
        var context = access.kubeconfigContext().orElse(null);
        var file = access.kubeconfig();
        return file.isEmpty() ? Config.autoConfigure(context) : ofKubeconfig(file.get(), context);
    }

    private static Config ofKubeconfig(Path file, @Nullable String context) {
        if (!Files.isReadable(file)) {
            throw new KubernetesClientException("The kubeconfig " + file + " can't be read", 401, null);
        }
        return Config.fromKubeconfig(context, file.toFile());
    }

    private static String token(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException _) {
            // as the server would answer without a token, only that this names the cause
            throw new KubernetesClientException("The token file " + file + " can't be read", 401, null);
        }
    }

    private static void nameTheTask(HttpClient.Builder builder) {
        builder.addOrReplaceInterceptor("infraai-task", new Interceptor() {
            @Override
            public void before(BasicBuilder request, HttpRequest sent, RequestTags tags) {
                KubernetesCalls.currentTask()
                        .ifPresent(task -> request.setHeader("User-Agent", "infraai-task/" + task));
            }
        });
    }
}
