package io.infraai.adapters.mcp;

import java.time.Duration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;

/** A way to one server. What the server asks of us, such as sampling or elicitation, is refused. */
interface Connection {

    /** Fails never, and is answered within the limit. */
    Uni<Reply> ask(String method, ObjectNode params, Duration limit);

    /** Sends what has no answer. */
    void tell(String method);

    /** False once it is known to be of no more use. */
    boolean alive();

    void close();
}
