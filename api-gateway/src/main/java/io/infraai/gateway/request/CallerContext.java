package io.infraai.gateway.request;

import java.util.concurrent.Executor;

import io.vertx.core.Vertx;

/**
 * Brings an answer that several requests wait for back to each one's own context. On another request's, its scope would be the
 * other's, and end with it.
 */
public final class CallerContext {

    private CallerContext() {}

    /** Runs what it is given on the context that is current now; at once where there is none. */
    public static Executor current() {
        var caller = Vertx.currentContext();
        return caller == null ? Runnable::run : task -> caller.runOnContext(_ -> task.run());
    }
}
