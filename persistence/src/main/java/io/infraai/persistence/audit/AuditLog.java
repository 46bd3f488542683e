package io.infraai.persistence.audit;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.audit.AuditAction;
import io.infraai.contracts.audit.AuditCheck;
import io.infraai.contracts.audit.AuditEntry;
import io.infraai.contracts.audit.AuditHead;
import io.infraai.contracts.identity.TenantId;

/** Reads and verifies the audit log. Nothing changes or deletes what it holds. */
public interface AuditLog {

    /** Adds an entry about something that no transaction of ours is part of; before it is done, since it may not be known after. */
    Uni<Void> write(TenantId tenant, AuditNote note);

    /** Newest first. Looks through a bounded number of entries, so that a part may hold few, or none, of many. */
    Uni<Part> find(TenantId tenant, Filter filter);

    /**
     * Computes the chain anew and compares, up to its end or to a bounded number of entries.
     *
     * @param after where to begin: a head that an earlier verification gave out, or {@link AuditHead#START}
     * @param anchors heads that were given out or logged once, through which the chain must still lead
     */
    Uni<AuditCheck> verify(TenantId tenant, AuditHead after, List<AuditHead> anchors);

    /**
     * @param actions those to show; none for all
     */
    record Filter(
            @Nullable String actor,
            Set<AuditAction> actions,
            @Nullable String target,
            @Nullable Long taskId,
            Optional<Place> before,
            int limit) {

        boolean isOpen() {
            return actor == null && actions.isEmpty() && target == null && taskId == null;
        }
    }

    /** Where an entry stands in the log. */
    record Place(long place, long id) implements Comparable<Place> {

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }

        private static final Comparator<Place> ORDER =
                Comparator.comparingLong(Place::place).thenComparingLong(Place::id);
    }

    /**
     * @param next the place before which to go on; empty at the log's beginning
     */
    record Part(List<AuditEntry> entries, Optional<Place> next) {}
}
