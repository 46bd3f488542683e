package io.infraai.gateway.chat;

import java.util.Optional;
import java.util.Set;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;

import io.smallrye.mutiny.Multi;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.identity.Permission;
import io.infraai.gateway.request.Query;
import io.infraai.gateway.security.Bearer;
import io.infraai.gateway.security.Caller;
import io.infraai.gateway.security.RequiresPermission;
import io.infraai.persistence.conversation.Conversations;

/**
 * Conversations as server-sent events. The head of such an answer is sent at once; what is found out to be wrong after that is
 * told as an {@code error} event.
 */
@Path("/api/chat")
@Tag(name = "chat")
class ChatEventsResource {

    private static final Set<String> PARAMETERS = Set.of("after");

    private final ChatDesk desk;
    private final TurnMailboxes mailboxes;
    private final EventStreams streams;
    private final Conversations conversations;
    private final Caller caller;

    ChatEventsResource(
            ChatDesk desk, TurnMailboxes mailboxes, EventStreams streams, Conversations conversations, Caller caller) {
        this.desk = desk;
        this.mailboxes = mailboxes;
        this.streams = streams;
        this.conversations = conversations;
        this.caller = caller;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RequiresPermission(Permission.CALL_READING_TOOLS)
    @Operation(summary = "Asks, and tells what happens as server-sent events until the turn has ended")
    public Multi<OutboundSseEvent> ask(byte[] body, @Context Sse sse) {
        var request = ChatRequest.of(body);
        var bearer = caller.bearer();
        streams.requireRoom(bearer);
        var session = request.sessionId().orElseGet(desk::newSessionId);
        return desk.ask(bearer, session, request.message())
                .onItem()
                .transformToMulti(
                        turn -> streams.tell(sse, bearer, receiver -> mailboxes.turn(bearer.actor(), turn, receiver)))
                .onFailure()
                .recoverWithItem(failure -> streams.refusal(sse, failure));
    }

    @GET
    @Path("/{session_id}/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RequiresPermission(Permission.READ)
    @Operation(
            summary = "Tells what happened in a session, and what happens, until no turn of it is unfinished",
            description = "After the frame with the number `after`, or `Last-Event-ID`; from the beginning without.")
    public Multi<OutboundSseEvent> follow(
            @PathParam("session_id") String sessionId,
            @HeaderParam("Last-Event-ID") @Nullable String lastId,
            @Context UriInfo request,
            @Context Sse sse) {
        var text = Query.of(request, PARAMETERS).one("after").or(() -> Optional.ofNullable(lastId));
        var after = text.map(ChatEventsResource::number).orElse(0L);
        var bearer = caller.bearer();
        return conversations
                .since(bearer.actor(), ChatResource.known(sessionId), Long.MAX_VALUE)
                .map(found -> found.orElseThrow(ChatDesk::unknownSession))
                .onItem()
                .transformToMulti(_ -> told(sse, bearer, sessionId, after))
                .onFailure()
                .recoverWithItem(failure -> streams.refusal(sse, failure));
    }

    private Multi<OutboundSseEvent> told(Sse sse, Bearer bearer, String sessionId, long after) {
        return streams.tell(sse, bearer, receiver -> mailboxes.session(bearer.actor(), sessionId, after, receiver));
    }

    /** Numbers of frames have far fewer digits than a long. */
    static long number(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw Query.invalid("'after' must be the number of a frame");
        }
        return Long.parseLong(text);
    }
}
