package io.infraai.persistence.audit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.audit.AuditAction;

/**
 * What is to be remembered of something that somebody did.
 *
 * @param actor who, as in journals
 * @param target to what, such as {@code policy:7}
 * @param detail whatever else tells one such act from another; no secrets
 */
public record AuditNote(
        String actor,
        AuditAction action,
        String target,
        @Nullable Long taskId,
        ObjectNode detail) {

    public AuditNote(String actor, AuditAction action, String target) {
        this(actor, action, target, null, JsonNodeFactory.instance.objectNode());
    }

    public AuditNote about(long task) {
        return new AuditNote(actor, action, target, task, detail);
    }

    /** The same with one more detail; an absent one is left out. */
    public AuditNote with(String name, @Nullable String value) {
        return value == null
                ? this
                : new AuditNote(actor, action, target, taskId, detail.deepCopy().put(name, value));
    }

    public AuditNote with(String name, long value) {
        return new AuditNote(actor, action, target, taskId, detail.deepCopy().put(name, value));
    }
}
