package io.infraai.gateway.problem;

import java.security.SecureRandom;
import java.util.HexFormat;

import io.vertx.ext.web.RoutingContext;

/** Names a request in its answer and in our log, so that one is found by the other. */
public final class RequestId {

    private static final String KEY = RequestId.class.getName();

    private RequestId() {}

    public static String of(RoutingContext context) {
        var known = context.<String>get(KEY);
        if (known != null) {
            return known;
        }
        var bytes = new byte[12];
        // no constant: a native executable would hold its builder's, and give the same names at each start
        new SecureRandom().nextBytes(bytes);
        var id = HexFormat.of().formatHex(bytes);
        context.put(KEY, id);
        return id;
    }
}
