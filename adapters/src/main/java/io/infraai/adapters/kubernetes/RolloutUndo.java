package io.infraai.adapters.kubernetes;

import java.time.Duration;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.tool.Parameter;
import io.infraai.contracts.tool.Rehearsal;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.Settlement;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.contracts.tool.ToolSpec;
import io.infraai.contracts.tool.Undo;

import static io.infraai.contracts.tool.FailureReason.TARGET_CHANGED;
import static io.infraai.contracts.tool.FailureReason.TARGET_NOT_FOUND;

@ApplicationScoped
class RolloutUndo implements Tool.Guarded<RolloutUndo.Parameters, RolloutUndo.Rollback> {

    record Parameters(
            @Parameter(value = "The deployment's name", pattern = Parameter.DNS_SUBDOMAIN)
            String deploymentName,

            @Parameter(value = "The namespace it is in", pattern = Parameter.DNS_LABEL, maxLength = 63)
            String namespace,

            @Parameter(value = "Which revision; the one before the current when left out", min = 1, optional = true)
            @Nullable
            Integer toRevision,

            @Parameter(
                    value = InCluster.DESCRIPTION,
                    pattern = Parameter.DNS_LABEL,
                    maxLength = 63,
                    optional = true,
                    defaultValue = Clusters.DEFAULT)
            @Nullable
            String cluster)
            implements InCluster {

        ObjectPlace place() {
            return ApiKind.DEPLOYMENT.named(namespace, deploymentName);
        }
    }

    /**
     * @param generation of the deployment's spec when it was identified
     * @param from the revision that it had then
     * @param to the revision that it shall have, kept in a ReplicaSet
     */
    record Rollback(String uid, long generation, long from, long to, String replicaSet, String replicaSetUid) {

        GuardedWrite.Self self() {
            return new GuardedWrite.Self(uid, generation, "");
        }
    }

    private static final String NAME = "rollout_undo";

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            NAME,
            "Takes a deployment back to the template of an earlier revision",
            Parameters.class,
            Risk.CHANGES,
            "k8s:{cluster}/{namespace}/deployment/{deployment_name}",
            Duration.ofSeconds(15));

    private final Clusters clusters;

    RolloutUndo(Clusters clusters) {
        this.clusters = clusters;
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Class<Rollback> identity() {
        return Rollback.class;
    }

    @Override
    public Uni<Identified<Rollback>> identify(Parameters parameters, ToolContext context) {
        return clusters.identified(
                parameters,
                context,
                api -> api.get(parameters.place())
                        .map(deployment -> chosen(api, deployment, parameters))
                        .orElseGet(() -> Identified.NotFound.because(
                                TARGET_NOT_FOUND,
                                "There is no " + parameters.place().shown())));
    }

    @Override
    public String describe(Parameters parameters, Rollback target) {
        return "Take " + parameters.place().shown() + " back from revision " + target.from() + " to revision "
                + target.to() + " (" + target.replicaSet() + ")";
    }

    @Override
    public Uni<Rehearsal> rehearse(Parameters parameters, Rollback target, ToolContext context) {
        return clusters.rehearsed(
                parameters,
                context,
                api -> template(api, parameters, target)
                        .map(it -> GuardedWrite.rehearsed(
                                api, parameters.place(), target.self(), rollback(parameters, target, it)))
                        .orElseGet(() -> new Rehearsal.Refused(gone(target))));
    }

    @Override
    public Uni<ToolResult> apply(Parameters parameters, Rollback target, ToolContext context) {
        return clusters.result(
                parameters,
                context,
                api -> template(api, parameters, target)
                        .map(it -> GuardedWrite.attempt(
                                api, parameters.place(), target.self(), rollback(parameters, target, it)))
                        .orElseGet(() -> gone(target)));
    }

    private static Failed gone(Rollback target) {
        return new Failed(TARGET_CHANGED, "Revision " + target.to() + " isn't kept any more: its ReplicaSet is gone");
    }

    @Override
    public Uni<Settlement> settle(Parameters parameters, Rollback target, ToolContext context) {
        return clusters.settled(
                parameters,
                context,
                api -> template(api, parameters, target)
                        .map(it -> GuardedWrite.settled(
                                api, parameters.place(), target.uid(), rollback(parameters, target, it)))
                        .orElseGet(() ->
                                new Settlement.StillUnknown("the ReplicaSet of revision " + target.to() + " is gone")));
    }

    /** The template left keeps its number when another becomes the current one. */
    @Override
    public Optional<Undo> inverse(Parameters parameters, Rollback target) {
        var arguments = JsonNodeFactory.instance
                .objectNode()
                .put("deployment_name", parameters.deploymentName())
                .put("namespace", parameters.namespace())
                .put("to_revision", target.from());
        if (parameters.cluster() != null) {
            arguments.put("cluster", parameters.cluster());
        }
        return Optional.of(new Undo(NAME, arguments));
    }

    private static Identified<Rollback> chosen(KubernetesApi api, ApiObject deployment, Parameters parameters) {
        var current = Revisions.number(deployment);
        var asked = parameters.toRevision();
        var chosen = Revisions.of(api, deployment).stream()
                .filter(set -> asked == null ? Revisions.number(set) < current : Revisions.number(set) == asked)
                .findFirst();
        if (chosen.isEmpty()) {
            return Identified.NotFound.because(
                    TARGET_NOT_FOUND,
                    parameters.place().shown() + " has no "
                            + (asked == null ? "revision before the current" : "revision " + asked));
        }
        var set = chosen.get();
        return new Identified.Found<>(new Rollback(
                deployment.uid(), deployment.generation(), current, Revisions.number(set), set.name(), set.uid()));
    }

    private static Optional<ObjectNode> template(KubernetesApi api, Parameters parameters, Rollback target) {
        return api.get(ApiKind.REPLICA_SET.named(parameters.namespace(), target.replicaSet()))
                .filter(set -> set.uid().equals(target.replicaSetUid()))
                .map(Revisions::template);
    }

    private static GuardedWrite.Change rollback(Parameters parameters, Rollback target, ObjectNode template) {
        return new GuardedWrite.Change() {
            @Override
            public Optional<ToolResult> already(KubernetesApi api, ApiObject current) {
                return current.at("/spec/template").equals(template)
                        ? Optional.of(new Done(parameters.place().shown() + " has that template already"))
                        : Optional.empty();
            }

            @Override
            public ToolResult make(KubernetesApi api, ApiObject current, boolean dryRun) {
                var patch = JsonNodeFactory.instance.arrayNode();
                patch.addObject()
                        .put("op", "replace")
                        .put("path", "/metadata/resourceVersion")
                        .put("value", current.resourceVersion());
                patch.addObject()
                        .put("op", "replace")
                        .put("path", "/spec/template")
                        .set("value", template);
                api.patch(parameters.place(), PatchType.JSON, patch.toString(), dryRun);
                return new Done("Took " + parameters.place().shown() + " back to revision " + target.to());
            }
        };
    }
}
