package io.infraai.persistence.tenancy;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;

import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;

/** Tells a database that is away or overloaded from a statement that is wrong. */
final class DatabaseFailures {

    /** Lock or statement timeout, idle in transaction: the statement may be fine, the moment isn't. */
    private static final Set<String> TIMEOUTS = Set.of("55P03", "57014", "25P03");

    /** Serialization failure and deadlock: worth another try at once. */
    private static final Set<String> CONFLICTS = Set.of("40001", "40P01");

    private DatabaseFailures() {}

    static Throwable translate(Throwable failure) {
        return isUnavailable(failure)
                ? new StoreUnavailable("The database can't be reached or doesn't answer in time: " + failure, failure)
                : failure;
    }

    static boolean isConflict(Throwable failure) {
        return failure instanceof PgException pg && CONFLICTS.contains(pg.getSqlState());
    }

    private static boolean isUnavailable(Throwable failure) {
        return switch (failure) {
            case PgException pg -> isUnavailable(pg.getSqlState());
            // closed connections, and the pool's time-outs, which have no type of their own
            case VertxException _, NoStackTraceThrowable _, IOException _, TimeoutException _ -> true;
            default -> false;
        };
    }

    /** Connection exceptions, insufficient resources, operator intervention, and our own limits. */
    private static boolean isUnavailable(String state) {
        return state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57P")
                || TIMEOUTS.contains(state)
                || CONFLICTS.contains(state);
    }
}
