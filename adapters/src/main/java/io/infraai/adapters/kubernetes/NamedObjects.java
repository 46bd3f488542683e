package io.infraai.adapters.kubernetes;

import java.util.function.BiFunction;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.tool.Rehearsal;
import io.infraai.contracts.tool.Settlement;
import io.infraai.contracts.tool.Tool.Identified;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Failed;

import static io.infraai.contracts.tool.FailureReason.INVALID_PARAMETERS;

/** Finds out, for the tools that take any kind, where the named object is. */
@ApplicationScoped
class NamedObjects {

    private final Clusters clusters;

    NamedObjects(Clusters clusters) {
        this.clusters = clusters;
    }

    <P extends Record & NamesObject> Uni<ToolResult> result(
            P parameters, ToolContext context, BiFunction<KubernetesApi, ObjectPlace, ToolResult> call) {
        return clusters.result(parameters, context, api -> with(api, parameters, call, failed -> failed));
    }

    <P extends Record & NamesObject, T extends Record> Uni<Identified<T>> identified(
            P parameters, ToolContext context, BiFunction<KubernetesApi, ObjectPlace, Identified<T>> call) {
        return clusters.identified(parameters, context, api -> with(api, parameters, call, Identified.NotFound::new));
    }

    <P extends Record & NamesObject> Uni<Settlement> settled(
            P parameters, ToolContext context, BiFunction<KubernetesApi, ObjectPlace, Settlement> call) {
        return clusters.settled(
                parameters,
                context,
                api -> with(api, parameters, call, failed -> new Settlement.StillUnknown(failed.message())));
    }

    <P extends Record & NamesObject> Uni<Rehearsal> rehearsed(
            P parameters, ToolContext context, BiFunction<KubernetesApi, ObjectPlace, Rehearsal> call) {
        return clusters.rehearsed(parameters, context, api -> with(api, parameters, call, Rehearsal.Refused::new));
    }

    /** For what asks for a kind only. */
    static <R> R withKind(
            KubernetesApi api,
            String kind,
            @Nullable String apiVersion,
            Function<ApiKind, R> call,
            Function<Failed, R> failure) {
        return api.kinds()
                .find(kind, apiVersion)
                .map(call)
                .orElseGet(() -> failure.apply(new Failed(
                        INVALID_PARAMETERS,
                        "The cluster serves no " + kind + (apiVersion == null ? "" : " of " + apiVersion)
                                + "; a kind is written in the singular and in lower case")));
    }

    private static <R> R with(
            KubernetesApi api,
            NamesObject named,
            BiFunction<KubernetesApi, ObjectPlace, R> call,
            Function<Failed, R> failure) {
        return withKind(api, named.kind(), named.apiVersion(), kind -> at(api, kind, named, call, failure), failure);
    }

    private static <R> R at(
            KubernetesApi api,
            ApiKind kind,
            NamesObject named,
            BiFunction<KubernetesApi, ObjectPlace, R> call,
            Function<Failed, R> failure) {
        var namespace = named.namespace() == null ? "" : named.namespace();
        if (kind.namespaced() == namespace.isEmpty()) {
            return failure.apply(new Failed(
                    INVALID_PARAMETERS,
                    kind.namespaced()
                            ? "A " + kind.lowerCase() + " is in a namespace: name it"
                            : "A " + kind.lowerCase() + " is in no namespace: leave it out"));
        }
        try {
            return call.apply(api, kind.named(namespace, named.name()));
        } catch (KubernetesClientException e) {
            if (kind.secret() && mayQuote(e)) {
                throw withoutQuotes(e);
            }
            throw e;
        }
    }

    /** Refusals of an object quote it, and so may the words of whoever was asked to admit it. */
    private static boolean mayQuote(KubernetesClientException e) {
        return switch (e.getCode()) {
            case 401, 404, 409, 429 -> false;
            case 403 -> String.valueOf(e.getMessage()).contains("admission");
            default -> e.getCode() >= 400;
        };
    }

    private static KubernetesClientException withoutQuotes(KubernetesClientException e) {
        return new KubernetesClientException(
                "The API server answered " + e.getCode() + "; its words may quote the secret and aren't shown",
                e.getCode(),
                null);
    }
}
