package io.infraai.adapters.kubernetes;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

import jakarta.enterprise.context.ApplicationScoped;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.smallrye.mutiny.Uni;

import io.infraai.contracts.tool.Settlement;
import io.infraai.contracts.tool.Tool.Identified;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Failed;

import static io.infraai.contracts.tool.FailureReason.REFUSED_FOR_NOW;
import static io.infraai.contracts.tool.FailureReason.TARGET_CHANGED;
import static io.infraai.contracts.tool.FailureReason.TARGET_NOT_FOUND;

/**
 * Changes deployments under one rule: the spec must be of the generation that was identified. Generation counts spec changes
 * only; the resource version, which status updates move too, guards the single write.
 */
@ApplicationScoped
class Deployments {

    /**
     * @param generation of the spec when it was identified
     * @param replicas wanted then
     */
    record DeploymentIdentity(String uid, long generation, int replicas) {}

    private static final int STATUS_WRITES_OUTRUN = 5;

    private final KubernetesClient kubernetes;
    private final KubernetesCalls calls;

    Deployments(@Cluster KubernetesClient kubernetes, KubernetesCalls calls) {
        this.kubernetes = kubernetes;
        this.calls = calls;
    }

    RollableScalableResource<Deployment> resource(String namespace, String name) {
        return kubernetes.apps().deployments().inNamespace(namespace).withName(name);
    }

    Uni<Identified<DeploymentIdentity>> identify(String namespace, String name, ToolContext context) {
        return calls.identified(context, () -> {
            var found = resource(namespace, name).get();
            return found == null
                    ? Identified.NotFound.because(
                            TARGET_NOT_FOUND, "There is no deployment " + name + " in namespace " + namespace)
                    : new Identified.Found<>(new DeploymentIdentity(
                            found.getMetadata().getUid(),
                            found.getMetadata().getGeneration(),
                            found.getSpec().getReplicas()));
        });
    }

    /**
     * @param already says what there is to say when the change has been made before
     * @param write sends the change with the resource version of the deployment it is given
     */
    Uni<ToolResult> change(
            DeploymentIdentity target,
            Function<Deployments, Deployment> read,
            Function<Deployment, Optional<ToolResult>> already,
            Function<Deployment, ToolResult> write,
            ToolContext context) {
        return calls.result(context, () -> attempt(target, read, already, write));
    }

    Uni<Settlement> settle(
            DeploymentIdentity target,
            Function<Deployments, Deployment> read,
            Predicate<Deployment> ours,
            ToolContext context) {
        return calls.off(
                context,
                () -> settled(target, read.apply(this), ours),
                failed -> new Settlement.StillUnknown(failed.message()));
    }

    private ToolResult attempt(
            DeploymentIdentity target,
            Function<Deployments, Deployment> read,
            Function<Deployment, Optional<ToolResult>> already,
            Function<Deployment, ToolResult> write) {
        for (int outrun = 0; outrun < STATUS_WRITES_OUTRUN; outrun++) {
            var current = read.apply(this);
            if (current == null || !current.getMetadata().getUid().equals(target.uid())) {
                return new Failed(TARGET_CHANGED, "The deployment was deleted or replaced since it was looked at");
            }
            var done = already.apply(current);
            if (done.isPresent()) {
                return done.get();
            }
            if (current.getMetadata().getGeneration() != target.generation()) {
                return new Failed(TARGET_CHANGED, "The deployment was changed by someone since it was looked at");
            }
            try {
                return write.apply(current);
            } catch (KubernetesClientException e) {
                if (e.getCode() != 409) {
                    throw e;
                }
                // a status update came between: the next round sees whether the spec is still the one meant
            }
        }
        return new Failed(REFUSED_FOR_NOW, "The deployment's status changes too fast to write to it now");
    }

    private static Settlement settled(DeploymentIdentity target, Deployment current, Predicate<Deployment> ours) {
        if (current == null || !current.getMetadata().getUid().equals(target.uid())) {
            return new Settlement.NeverHappened("the deployment was deleted or replaced");
        }
        return ours.test(current)
                ? new Settlement.Happened("the deployment shows the change")
                : new Settlement.NeverHappened("the deployment doesn't show the change");
    }
}
