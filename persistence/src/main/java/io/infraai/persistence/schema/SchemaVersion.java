package io.infraai.persistence.schema;

import java.util.Optional;

/**
 * @param version the newest migration that was applied; 0 where the schema is older than the table that says so
 * @param worksFrom the oldest schema whose services can work on this one
 */
record SchemaVersion(int version, int worksFrom) {

    /** The newest migration that this release brings along; a test holds it to the files. */
    static final int NEEDED = 16;

    static final SchemaVersion UNTOLD = new SchemaVersion(0, 0);

    /**
     * Why a service mustn't work on this schema, and what to do. A newer schema is no reason by itself: that is how an upgrade
     * looks to the services which it hasn't reached yet.
     */
    Optional<String> objection(int needed) {
        if (version < needed) {
            return Optional.of("The schema is older than this service needs: run this release's migration");
        }
        if (worksFrom > needed) {
            return Optional.of("The schema is too new for this service: replace it by the release that migrated it");
        }
        return Optional.empty();
    }
}
