package io.infraai.adapters.kubernetes;

import java.util.Optional;
import java.util.function.Predicate;

import io.fabric8.kubernetes.client.KubernetesClientException;

import io.infraai.contracts.tool.Rehearsal;
import io.infraai.contracts.tool.ToolResult.Failed;

import static io.infraai.contracts.tool.FailureReason.REFUSED_FOR_NOW;
import static io.infraai.contracts.tool.FailureReason.TARGET_CHANGED;

/** Has the API server try a change and keep nothing of it: admission, quota and validation answer as they will. */
final class DryRun {

    private static final Optional<String> ACCEPTED =
            Optional.of("The API server tried it (dryRun=All) and would accept it");

    private static final int STATUS_WRITES_OUTRUN = 5;

    /** What is sent, with {@code dryRun=All}. */
    interface Request {

        void send(ApiObject current);
    }

    private DryRun() {}

    /**
     * Of an object as it was identified.
     *
     * @param isSame whether what has its name now is still it
     */
    static Rehearsal of(KubernetesApi api, ObjectPlace place, Predicate<ApiObject> isSame, Request request) {
        for (int outrun = 0; outrun < STATUS_WRITES_OUTRUN; outrun++) {
            var current = api.get(place).filter(isSame);
            if (current.isEmpty()) {
                return new Rehearsal.Refused(
                        new Failed(TARGET_CHANGED, place.shown() + " was deleted or replaced since it was looked at"));
            }
            try {
                var said = tried(() -> request.send(current.get()));
                return new Rehearsal.Possible(said, Observation.of(api, place, current.get()));
            } catch (KubernetesClientException e) {
                if (e.getCode() != 409) {
                    throw e;
                }
                // a status update came between
            }
        }
        return new Rehearsal.Refused(
                new Failed(REFUSED_FOR_NOW, "The status of " + place.shown() + " changes too fast to try it now"));
    }

    /**
     * Empty where it can't be tried: an admission webhook with side effects makes the server refuse dry runs, and no more than
     * those.
     */
    static Optional<String> tried(Runnable request) {
        try {
            request.run();
            return ACCEPTED;
        } catch (KubernetesClientException e) {
            if (e.getCode() == 400 && String.valueOf(e.getMessage()).contains("does not support dry run")) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
