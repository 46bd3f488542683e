package io.infraai.simulators.kubernetes;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * An API call as the cluster saw it.
 *
 * @param number counts calls from 1 in the order of their arrival
 * @param end when it was answered or dropped; null while it is open
 * @param verb the Kubernetes verb, or the lower-case HTTP method where there is none
 * @param path the path without its query
 * @param task the task it was made for, from {@code infraai-task/<id>} in the user agent or field manager, or from the
 *     header {@code Infraai-Task}
 * @param fence from {@code infraai-fence/<number>} in the user agent, or from the header {@code Infraai-Fence}
 * @param status the HTTP status answered; 0 when nothing was
 * @param fault the fault that struck it
 * @param effects what it changed, in order; empty for reads, refusals, dry runs and repeats without effect
 */
public record Call(
        long number,
        Instant start,
        @Nullable Instant end,
        String verb,
        String path,
        String userAgent,
        String fieldManager,
        @Nullable String task,
        @Nullable Long fence,
        @Nullable String preconditionUid,
        @Nullable String preconditionVersion,
        int status,
        @Nullable FaultKind fault,
        List<Effect> effects) {

    public Call {
        effects = List.copyOf(effects);
    }

    /** Whether the call changed anything. */
    public boolean effect() {
        return !effects.isEmpty();
    }
}
