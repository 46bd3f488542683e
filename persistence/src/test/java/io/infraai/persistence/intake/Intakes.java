package io.infraai.persistence.intake;

import io.infraai.persistence.tenancy.Database;

/** Intakes for the tests of other packages. */
public final class Intakes {

    private Intakes() {}

    public static AlertIntake on(Database database) {
        return new PgAlertIntake(database.scope(), database.vertx());
    }

    public static EpisodeQueries queries(Database database) {
        return new PgEpisodeQueries(database.scope(), database.vertx());
    }
}
