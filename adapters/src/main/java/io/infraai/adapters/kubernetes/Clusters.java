package io.infraai.adapters.kubernetes;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;

import io.infraai.contracts.tool.Rehearsal;
import io.infraai.contracts.tool.Settlement;
import io.infraai.contracts.tool.Tool.Identified;
import io.infraai.contracts.tool.Tool.Identified.NotFound;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Failed;

import static io.infraai.contracts.tool.FailureReason.INVALID_PARAMETERS;

/** The clusters by name. Every call of a tool goes through here: its arguments are checked before anything is sent. */
@ApplicationScoped
class Clusters {

    static final String DEFAULT = "default";

    private final Map<String, ConnectedCluster> byName = new TreeMap<>();

    Clusters(KubernetesConfig config) {
        byName.put(DEFAULT, new ConnectedCluster(config, new TheOnlyOne(config.url())));
        config.clusters().forEach((name, access) -> {
            var before = byName.put(name, new ConnectedCluster(config, access));
            if (before != null) {
                before.close();
            }
        });
    }

    <P extends Record & InCluster> Uni<ToolResult> result(
            P parameters, ToolContext context, Function<KubernetesApi, ToolResult> call) {
        return off(parameters, context, call, failed -> failed);
    }

    <P extends Record & InCluster, T extends Record> Uni<Identified<T>> identified(
            P parameters, ToolContext context, Function<KubernetesApi, Identified<T>> call) {
        return off(parameters, context, call, NotFound::new);
    }

    <P extends Record & InCluster> Uni<Settlement> settled(
            P parameters, ToolContext context, Function<KubernetesApi, Settlement> call) {
        return off(parameters, context, call, failed -> new Settlement.StillUnknown(failed.message()));
    }

    <P extends Record & InCluster> Uni<Rehearsal> rehearsed(
            P parameters, ToolContext context, Function<KubernetesApi, Rehearsal> call) {
        return off(parameters, context, call, Rehearsal.Refused::new);
    }

    private <P extends Record & InCluster, R> Uni<R> off(
            P parameters, ToolContext context, Function<KubernetesApi, R> call, Function<Failed, R> failure) {
        var fault = CheckedParameters.fault(parameters);
        if (fault.isPresent()) {
            return refused(fault.get(), failure);
        }
        var name = parameters.cluster() == null ? DEFAULT : parameters.cluster();
        var cluster = byName.get(name);
        return cluster == null
                ? refused("There is no cluster " + name + "; known are " + String.join(", ", byName.keySet()), failure)
                : cluster.off(context, call, failure);
    }

    @PreDestroy
    void close() {
        byName.values().forEach(ConnectedCluster::close);
    }

    private static <R> Uni<R> refused(String why, Function<Failed, R> failure) {
        return Uni.createFrom().item(failure.apply(new Failed(INVALID_PARAMETERS, why)));
    }

    /** What the keys for a single cluster say. */
    private record TheOnlyOne(Optional<URI> url) implements ClusterAccess {

        @Override
        public Optional<Path> tokenFile() {
            return Optional.empty();
        }

        @Override
        public Optional<Path> caFile() {
            return Optional.empty();
        }

        @Override
        public Optional<Path> kubeconfig() {
            return Optional.empty();
        }

        @Override
        public Optional<String> kubeconfigContext() {
            return Optional.empty();
        }
    }
}
