package io.infraai.adapters.vmware;

import java.time.Instant;
import java.time.OffsetDateTime;

import io.infraai.contracts.identity.Secret;

import static io.infraai.contracts.tool.FailureReason.TIMED_OUT;

/**
 * A login. Which objects there are to ask is the server's to say: a lone host names them differently.
 *
 * @param cookie opens the session to whoever has it
 */
record VimSession(VimHttp http, Content content, Secret cookie) {

    /**
     * Where everything starts.
     *
     * @param action the SOAP action of the version that the server speaks
     */
    record Content(
            String rootFolder,
            String propertyCollector,
            String sessionManager,
            String viewManager,
            String eventManager,
            String perfManager,
            String action) {

        static Content of(Xml returned) {
            return new Content(
                    returned.textOf("rootFolder"),
                    returned.textOf("propertyCollector"),
                    returned.textOf("sessionManager"),
                    returned.textOf("viewManager"),
                    returned.textOf("eventManager"),
                    returned.textOf("perfManager"),
                    "urn:vim25/"
                            + returned.child("about")
                                    .map(about -> about.textOf("apiVersion"))
                                    .orElse("6.0"));
        }
    }

    static VimSession open(VimHttp http, String user, Secret password) {
        var first = http.post(
                "RetrieveServiceContent",
                "urn:vim25",
                "",
                Xml.reference("_this", "ServiceInstance", "ServiceInstance"));
        var content = first.operation().child("returnval").map(Content::of).orElseThrow(VimSession::saysNothing);
        var reply = http.post(
                "Login",
                content.action(),
                first.cookie(),
                Xml.reference("_this", "SessionManager", content.sessionManager())
                        + Xml.element("userName", user)
                        + Xml.element("password", password.reveal()));
        // some servers begin the session with the first answer, and say nothing new at the login
        return new VimSession(http, content, new Secret(reply.cookie().isEmpty() ? first.cookie() : reply.cookie()));
    }

    /**
     * @return what the operation answered
     * @throws VimFailure when it answered nothing usable
     */
    Xml call(String operation, String type, String id, String arguments) {
        return http.post(operation, content.action(), cookie.reveal(), Xml.reference("_this", type, id) + arguments)
                .operation();
    }

    /** Starts a task and says its id. */
    String start(String operation, String type, String id, String arguments) {
        var task = call(operation, type, id, arguments).textOf("returnval");
        if (task.isEmpty()) {
            throw saysNothing();
        }
        return task;
    }

    /** The server's time, which is that of its tasks and events. */
    Instant now() {
        var text = call("CurrentTime", "ServiceInstance", "ServiceInstance", "").textOf("returnval");
        return OffsetDateTime.parse(text).toInstant();
    }

    void close() {
        call("Logout", "SessionManager", content.sessionManager(), "");
    }

    private static VimFailure saysNothing() {
        return VimFailure.ofServer(TIMED_OUT, "The VMware server's answer lacks what it should say");
    }
}
