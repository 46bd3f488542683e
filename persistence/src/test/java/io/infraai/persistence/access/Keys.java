package io.infraai.persistence.access;

import io.infraai.persistence.tenancy.Database;

/** The store of keys, for tests in other packages. */
public final class Keys {

    private Keys() {}

    public static ApiKeyStore store(Database database) {
        return new PgApiKeyStore(database.scope());
    }
}
