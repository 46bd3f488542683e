package io.infraai.adapters.kubernetes;

import java.util.Optional;

import io.fabric8.kubernetes.client.KubernetesClientException;

import io.infraai.contracts.tool.Rehearsal;
import io.infraai.contracts.tool.Settlement;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Failed;

import static io.infraai.contracts.tool.FailureReason.REFUSED_FOR_NOW;
import static io.infraai.contracts.tool.FailureReason.TARGET_CHANGED;

/**
 * Changes an object under one rule: its spec must be of the generation that was identified. Generation counts spec changes
 * only; the resource version, which status updates move too, guards the single write.
 */
final class GuardedWrite {

    /**
     * What the object was when it was identified.
     *
     * @param generation 0 where the server doesn't count: then the resource version must still be the same
     */
    record Self(String uid, long generation, String resourceVersion) {

        static Self of(ApiObject object) {
            return new Self(object.uid(), object.generation(), object.resourceVersion());
        }

        boolean isSpecOf(ApiObject current) {
            return generation == 0
                    ? current.resourceVersion().equals(resourceVersion)
                    : current.generation() == generation;
        }
    }

    /** What is to be changed. */
    interface Change {

        /** What there is to say when the object shows the change already. */
        Optional<ToolResult> already(KubernetesApi api, ApiObject current);

        /** Sends the change with the resource version of the object it is given; a dry run keeps nothing of it. */
        ToolResult make(KubernetesApi api, ApiObject current, boolean dryRun);
    }

    private static final int STATUS_WRITES_OUTRUN = 5;

    private GuardedWrite() {}

    static ToolResult attempt(KubernetesApi api, ObjectPlace place, Self target, Change change) {
        for (int outrun = 0; outrun < STATUS_WRITES_OUTRUN; outrun++) {
            var current = api.get(place).filter(it -> it.uid().equals(target.uid()));
            if (current.isEmpty()) {
                return new Failed(TARGET_CHANGED, place.shown() + " was deleted or replaced since it was looked at");
            }
            var done = change.already(api, current.get());
            if (done.isPresent()) {
                return done.get();
            }
            if (!target.isSpecOf(current.get())) {
                return new Failed(TARGET_CHANGED, place.shown() + " was changed by someone since it was looked at");
            }
            try {
                return change.make(api, current.get(), false);
            } catch (KubernetesClientException e) {
                if (e.getCode() != 409) {
                    throw e;
                }
                // a status update came between: the next round sees whether the spec is still the one meant
            }
        }
        return new Failed(REFUSED_FOR_NOW, "The status of " + place.shown() + " changes too fast to write to it now");
    }

    static Settlement settled(KubernetesApi api, ObjectPlace place, String uid, Change change) {
        var current = api.get(place).filter(it -> it.uid().equals(uid));
        if (current.isEmpty()) {
            return new Settlement.NeverHappened(place.shown() + " was deleted or replaced");
        }
        return change.already(api, current.get()).isPresent()
                ? new Settlement.Happened(place.shown() + " shows the change")
                : new Settlement.NeverHappened(place.shown() + " doesn't show the change");
    }

    static Rehearsal rehearsed(KubernetesApi api, ObjectPlace place, Self target, Change change) {
        var already = api.get(place)
                .filter(it -> it.uid().equals(target.uid()))
                .flatMap(current -> change.already(api, current));
        if (already.isPresent() && already.get() instanceof ToolResult.Done(var why, var _)) {
            return new Rehearsal.Needless(why);
        }
        return DryRun.of(
                api,
                place,
                current -> current.uid().equals(target.uid()) && target.isSpecOf(current),
                current -> change.make(api, current, true));
    }
}
