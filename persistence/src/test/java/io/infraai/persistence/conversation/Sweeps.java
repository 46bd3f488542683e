package io.infraai.persistence.conversation;

import io.infraai.persistence.tenancy.Database;

/** The sweep, for tests in other packages. */
public final class Sweeps {

    private Sweeps() {}

    public static ConversationSweep of(Database database) {
        return new PgConversationSweep(database.scope());
    }
}
