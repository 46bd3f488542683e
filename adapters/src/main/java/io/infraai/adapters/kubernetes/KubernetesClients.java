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
        access.caFile().ifPresent(file -> config.withCaCertFile(readable(file).toString()));
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
        var config = access.kubeconfig()
                .map(file -> Config.fromKubeconfig(context, readable(file).toFile()))
                .orElseGet(() -> Config.autoConfigure(context));
        var current = config.getCurrentContext();
        if (context != null && (current == null || !context.equals(current.getName()))) {
            throw notLetIn("The kubeconfig has no context " + context);
        }
        return config;
    }

    private static Path readable(Path file) {
        if (!Files.isReadable(file)) {
            throw notLetIn("The file " + file + " can't be read");
        }
        return file;
    }

    /** As the server would answer without credentials, only that this names the cause. */
    private static KubernetesClientException notLetIn(String why) {
        return new KubernetesClientException(why, 401, null);
    }

    private static String token(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException _) {
            throw notLetIn("The token file " + file + " can't be read");
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
