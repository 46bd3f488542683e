package io.infraai.adapters.kubernetes;

import java.util.Optional;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.tool.Rehearsal;
import io.infraai.contracts.tool.Settlement;
import io.infraai.contracts.tool.Tool.Identified;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.contracts.tool.Undo;

import static io.infraai.contracts.tool.FailureReason.TARGET_CHANGED;
import static io.infraai.contracts.tool.FailureReason.TARGET_NOT_FOUND;

/** Whether a node takes new pods. It is set to a value, so a repeat sets the same; the uid keeps it to the node that was meant. */
final class Cordoning {

    /** @param cordoned whether it was when it was identified */
    record NodeIdentity(String uid, boolean cordoned) {}

    private Cordoning() {}

    static Identified<NodeIdentity> identify(KubernetesApi api, ObjectPlace node) {
        return api.get(node)
                .<Identified<NodeIdentity>>map(
                        found -> new Identified.Found<>(new NodeIdentity(found.uid(), cordoned(found))))
                .orElseGet(() -> Identified.NotFound.because(TARGET_NOT_FOUND, "There is no " + node.shown()));
    }

    static ToolResult set(KubernetesApi api, ObjectPlace place, String uid, boolean cordoned) {
        var node = api.get(place).filter(it -> it.uid().equals(uid));
        if (node.isEmpty()) {
            return new Failed(TARGET_CHANGED, place.shown() + " was removed or replaced since it was looked at");
        }
        if (cordoned(node.get()) == cordoned) {
            return new Done(already(place, cordoned));
        }
        patch(api, place, uid, cordoned, false);
        return new Done((cordoned ? "Cordoned " : "Uncordoned ") + place.shown());
    }

    private static void patch(KubernetesApi api, ObjectPlace place, String uid, boolean cordoned, boolean dryRun) {
        api.patch(
                place,
                PatchType.JSON_MERGE,
                "{\"metadata\":{\"uid\":\"%s\"},\"spec\":{\"unschedulable\":%s}}"
                        .formatted(uid, cordoned ? true : null),
                dryRun);
    }

    static Rehearsal rehearsed(KubernetesApi api, ObjectPlace place, NodeIdentity target, boolean cordoned) {
        return target.cordoned() == cordoned
                ? new Rehearsal.Needless(already(place, cordoned))
                : tried(api, place, target.uid(), cordoned);
    }

    /** Of a drain only this can be tried: evictions change what the next of them is allowed. */
    static Rehearsal tried(KubernetesApi api, ObjectPlace place, String uid, boolean cordoned) {
        return DryRun.of(
                api, place, current -> current.uid().equals(uid), current -> patch(api, place, uid, cordoned, true));
    }

    private static String already(ObjectPlace place, boolean cordoned) {
        return place.shown() + (cordoned ? " is cordoned already" : " takes pods already");
    }

    static Settlement settled(KubernetesApi api, ObjectPlace place, String uid, boolean cordoned) {
        var node = api.get(place).filter(it -> it.uid().equals(uid));
        if (node.isEmpty()) {
            return new Settlement.NeverHappened(place.shown() + " was removed or replaced");
        }
        return cordoned(node.get()) == cordoned
                ? new Settlement.Happened(place.shown() + (cordoned ? " is cordoned" : " takes pods"))
                : new Settlement.NeverHappened(place.shown() + (cordoned ? " takes pods" : " is cordoned"));
    }

    /** Nothing to take back where the node was so before. */
    static Optional<Undo> inverse(String tool, boolean changed, String node, @Nullable String cluster) {
        if (!changed) {
            return Optional.empty();
        }
        var arguments = JsonNodeFactory.instance.objectNode().put("node_name", node);
        if (cluster != null) {
            arguments.put("cluster", cluster);
        }
        return Optional.of(new Undo(tool, arguments));
    }

    static boolean cordoned(ApiObject node) {
        return node.at("/spec/unschedulable").asBoolean();
    }
}
