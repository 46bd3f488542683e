package io.infraai.simulators.kubernetes;

import java.util.Locale;

/**
 * Something that a call changed.
 *
 * @param what the change
 * @param resource the plural of the changed kind, such as {@code pods}
 * @param namespace empty for what has none
 * @param uid the UID of the changed object
 * @param detail for {@link What#SCALED} {@code 3→5}, for {@link What#ROLLED_OUT} the new generation, for
 *     {@link What#POD_DELETED} {@code deleted} or {@code evicted}
 */
public record Effect(What what, String resource, String namespace, String name, String uid, String detail) {

    /** The kinds of change that are told apart. */
    public enum What {
        POD_DELETED,
        SCALED,
        ROLLED_OUT,
        CREATED,
        UPDATED,
        DELETED;

        /** As the control API spells it: {@code pod-deleted}. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    static Effect of(What what, Stored object, String detail) {
        var key = object.key();
        return new Effect(what, key.kind().plural(), key.namespace(), key.name(), object.uid(), detail);
    }
}
