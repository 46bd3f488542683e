package io.infraai.persistence.policy;

import io.infraai.persistence.tenancy.Database;

/** Policy stores for the tests of other packages. */
public final class Policies {

    private Policies() {}

    public static PolicyStore on(Database database) {
        return new PgPolicyStore(database.scope());
    }
}
