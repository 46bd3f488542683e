package io.infraai.gateway.chat;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.infraai.contracts.chat.ChatSession;
import io.infraai.contracts.chat.ChatTurn;
import io.infraai.contracts.chat.TurnState;
import io.infraai.contracts.identity.Permission;
import io.infraai.gateway.request.Page;
import io.infraai.gateway.request.Query;
import io.infraai.gateway.security.Caller;
import io.infraai.gateway.security.RequiresPermission;
import io.infraai.persistence.conversation.Conversations;

/** Conversations: asking, and what was said. A user sees the own ones only. */
@Path("/api/chat")
@Tag(name = "chat")
@Produces(MediaType.APPLICATION_JSON)
class ChatResource {

    private static final Set<String> PARAMETERS = Set.of("limit");

    private final ChatDesk desk;
    private final Answers answers;
    private final Conversations conversations;
    private final Caller caller;
    private final Clock clock;

    ChatResource(ChatDesk desk, Answers answers, Conversations conversations, Caller caller, Clock clock) {
        this.desk = desk;
        this.answers = answers;
        this.conversations = conversations;
        this.caller = caller;
        this.clock = clock;
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record TurnMoved(UUID turnId, TurnState state) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.CALL_READING_TOOLS)
    @Operation(
            summary = "Asks, and waits for the answer",
            description =
                    "`{\"session_id\"?,\"message\":…}`. `200` with the reply; `202` with the turn's address when it"
                            + " waits for an approval or takes longer than half a minute. With `Accept: text/event-stream` what"
                            + " happens is told as it does.")
    public Uni<Response> ask(byte[] body) {
        var request = ChatRequest.of(body);
        var bearer = caller.bearer();
        var session = request.sessionId().orElseGet(desk::newSessionId);
        return desk.ask(bearer, session, request.message())
                .chain(turn -> answers.to(bearer.actor(), turn))
                .map(this::response);
    }

    private Response response(ChatTurn turn) {
        return switch (turn.state()) {
            case DONE -> Response.ok(TurnView.of(turn)).build();
            case FAILED, CANCELLED -> throw TurnFaults.of(turn, clock).asException();
            case QUEUED, RUNNING, WAITING -> {
                var view = TurnView.of(turn);
                yield Response.accepted(view)
                        .header("Location", URI.create(view.turnUrl()))
                        .build();
            }
        };
    }

    @GET
    @RequiresPermission(Permission.READ)
    @Operation(summary = "Lists the own sessions, the last used first", description = "`limit` up to 200.")
    public Uni<Page<SessionView>> sessions(@Context UriInfo request) {
        var limit = Query.of(request, PARAMETERS).limit();
        return conversations
                .sessions(caller.actor(), limit)
                .map(found -> new Page<>(found.stream().map(SessionView::of).toList(), null));
    }

    @GET
    @Path("/{session_id}")
    @RequiresPermission(Permission.READ)
    @Operation(
            summary = "Shows what was said in a session, and what was done for it",
            description = "The latest turns in their order; `limit` up to 200. From `seq` on, what comes next can be"
                    + " followed.")
    public Uni<HistoryView> history(@PathParam("session_id") String sessionId, @Context UriInfo request) {
        var limit = Query.of(request, PARAMETERS).limit();
        return conversations
                .history(caller.actor(), known(sessionId), limit)
                .map(turns -> HistoryView.of(sessionId, turns.orElseThrow(ChatDesk::unknownSession)));
    }

    @GET
    @Path("/{session_id}/turns/{turn_id}")
    @RequiresPermission(Permission.READ)
    @Operation(summary = "Shows a turn as it stands")
    public Uni<TurnView> turn(@PathParam("session_id") String sessionId, @PathParam("turn_id") UUID turnId) {
        return conversations
                .turn(caller.actor(), turnId)
                .map(turn -> TurnView.of(
                        turn.filter(it -> it.sessionId().equals(sessionId)).orElseThrow(ChatDesk::unknownTurn)));
    }

    @POST
    @Path("/{session_id}/turns/{turn_id}/cancel")
    @RequiresPermission(Permission.CALL_READING_TOOLS)
    @Operation(
            summary = "Stops a turn",
            description =
                    "What it asked for and nobody has approved yet is cancelled too. A turn that is worked on is told"
                            + " to stop, `202`, and says so when it has.")
    public Uni<Response> cancel(@PathParam("session_id") String sessionId, @PathParam("turn_id") UUID turnId) {
        return desk.cancel(caller.actor(), sessionId, turnId)
                .map(now -> Response.status(now.ended() ? Response.Status.OK : Response.Status.ACCEPTED)
                        .entity(new TurnMoved(turnId, now))
                        .build());
    }

    @DELETE
    @Path("/{session_id}")
    @RequiresPermission(Permission.CALL_READING_TOOLS)
    @Operation(
            summary = "Deletes a session of one's own and all that was said in it",
            description = "Its tasks and their journal stay. While a turn of it isn't ended, `409`.")
    public Uni<Void> delete(@PathParam("session_id") String sessionId) {
        return desk.delete(caller.actor(), known(sessionId));
    }

    /** What can't be an id is none that there is. */
    static String known(String sessionId) {
        if (!ChatRequest.isSession(sessionId)) {
            throw ChatDesk.unknownSession();
        }
        return sessionId;
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record SessionView(String sessionId, String title, int turns, Instant createdAt, Instant lastUsedAt) {

        static SessionView of(ChatSession session) {
            return new SessionView(
                    session.id(), session.title(), session.turns(), session.createdAt(), session.lastUsedAt());
        }
    }
}
