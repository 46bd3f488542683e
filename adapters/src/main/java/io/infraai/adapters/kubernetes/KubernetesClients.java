package io.infraai.adapters.kubernetes;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;

/** Makes the client that all Kubernetes tools share. */
class KubernetesClients {

    /** The one that InfraAI's tools use; apart from Quarkus' own, which repeats requests by itself. */
    @Produces
    @ApplicationScoped
    @Cluster
    KubernetesClient client(KubernetesConfig bounds) {
        var config = new ConfigBuilder(whereabouts(bounds))
                .withUserAgent("infraai")
                .withConnectionTimeout(Math.toIntExact(bounds.connectTimeout().toMillis()))
                .withRequestTimeout(Math.toIntExact(bounds.callTimeout().toMillis()))
                // the client would send a DELETE up to eleven times to a server that answers 503; the task's own
                // retries know what was already tried
                .withRequestRetryBackoffLimit(0)
                .build();
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientBuilderConsumer(KubernetesClients::nameTheTask)
                .build();
    }

    /** A kubeconfig that happens to lie here must neither be used nor its token be sent to an address that was given. */
    private static Config whereabouts(KubernetesConfig config) {
        return config.url()
                .map(url -> new ConfigBuilder(Config.empty())
                        .withMasterUrl(url.toString())
                        .build())
                .orElseGet(() -> Config.autoConfigure(null));
    }

    void close(@Disposes @Cluster KubernetesClient client) {
        client.close();
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
