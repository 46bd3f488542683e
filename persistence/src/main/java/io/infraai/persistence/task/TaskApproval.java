package io.infraai.persistence.task;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.remediation.Approval;
import io.infraai.contracts.remediation.ApprovalState;

/** What people decide about tasks that must not act without them; for the gateway. */
public interface TaskApproval {

    /** Open ones first, newest first among those and among the others. */
    Uni<List<Approval>> find(TenantId tenant, Filter filter);

    Uni<Optional<Approval>> byId(TenantId tenant, long id);

    /**
     * Counts one person's agreement. With enough of them the task is queued, at the end of its target's line, to be rung after
     * this completes. A request that is over, or whose policy has changed, is closed here and now.
     *
     * @param fourEyes whether the asker may not agree, and whether tools that need two people get two
     */
    Uni<Answer> approve(TenantId tenant, long id, Voice voice, boolean fourEyes);

    /** One person is enough, whoever asked. The task is cancelled. */
    Uni<Answer> reject(TenantId tenant, long id, Voice voice);

    /**
     * @param states empty for all
     */
    record Filter(Set<ApprovalState> states, Optional<Place> after, int limit) {}

    /**
     * A place in the list.
     *
     * @param decided whether it is behind the open ones
     */
    record Place(boolean decided, long id) {}

    /**
     * @param by who speaks
     */
    record Voice(String by, @Nullable String comment) {}

    /** What became of what a person said. */
    sealed interface Answer {

        /**
         * @param approval as it is now: still open while another person must agree
         */
        record Counted(Approval approval) implements Answer {}

        /**
         * Too late, or somebody else was first.
         *
         * @param by who decided; empty where no person did
         * @param at when; empty where it is found out just now that nobody may answer any more
         */
        record NotOpen(ApprovalState now, Optional<String> by, Optional<Instant> at) implements Answer {

            public static NotOpen byNobody(ApprovalState now) {
                return new NotOpen(now, Optional.empty(), Optional.empty());
            }
        }

        /** The asker may not agree to what they asked for. */
        record OwnRequest() implements Answer {}

        /** This person has agreed before, and another one must. */
        record AgreedBefore() implements Answer {}

        record Unknown() implements Answer {}
    }
}
