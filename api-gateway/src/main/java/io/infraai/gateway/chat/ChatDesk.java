package io.infraai.gateway.chat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import io.infraai.contracts.chat.ChatTurn;
import io.infraai.contracts.chat.TurnState;
import io.infraai.contracts.identity.Actor;
import io.infraai.contracts.remediation.ApprovalState;
import io.infraai.contracts.remediation.Task;
import io.infraai.contracts.remediation.TaskState;
import io.infraai.gateway.approvals.ApprovalDesk;
import io.infraai.gateway.bells.Bells;
import io.infraai.gateway.chat.ClientFrame.Decision;
import io.infraai.gateway.problem.ErrorCode;
import io.infraai.gateway.problem.Problem;
import io.infraai.gateway.problem.ProblemException;
import io.infraai.gateway.security.Bearer;
import io.infraai.persistence.conversation.Conversations;
import io.infraai.persistence.conversation.Conversations.Cancelled;
import io.infraai.persistence.conversation.Conversations.Deleted;
import io.infraai.persistence.conversation.Conversations.Opened;
import io.infraai.persistence.task.TaskControl;
import io.infraai.persistence.task.TaskQueries;

/** Takes messages and cancellations in, whichever way they come. */
@ApplicationScoped
class ChatDesk {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Conversations conversations;
    private final TurnMailboxes mailboxes;
    private final TaskQueries tasks;
    private final TaskControl control;
    private final ApprovalDesk approvals;
    private final Bells bells;
    private final ChatConfig config;
    private final SecureRandom random = new SecureRandom();

    ChatDesk(
            Conversations conversations,
            TurnMailboxes mailboxes,
            TaskQueries tasks,
            TaskControl control,
            ApprovalDesk approvals,
            Bells bells,
            ChatConfig config) {
        this.conversations = conversations;
        this.mailboxes = mailboxes;
        this.tasks = tasks;
        this.control = control;
        this.approvals = approvals;
        this.bells = bells;
        this.config = config;
    }

    /** Fails with a {@link ProblemException} when the user may not, or nobody is asked any more. */
    Uni<Void> decide(Actor actor, Decision decision) {
        return (decision.approve()
                        ? approvals.approve(actor, decision.approvalId(), decision.comment())
                        : approvals.reject(actor, decision.approvalId(), decision.comment()))
                .replaceWithVoid();
    }

    /** For a session that its user didn't name. */
    String newSessionId() {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * Stores the message, commits, and then rings for an engine. Fails with a {@link ProblemException} when the user asks too
     * often, the session is somebody else's, or its last turn is still worked on.
     */
    Uni<ChatTurn> ask(Bearer bearer, String sessionId, String message) {
        var actor = bearer.actor();
        var trace = bells.trace();
        return conversations
                .turnsWithin(actor, MINUTE)
                .invoke(this::requireRest)
                .chain(() -> conversations.open(
                        actor, Optional.of(bearer.keyId()), sessionId, message, mailboxes.replyTo(), trace))
                .map(opened -> opened(sessionId, opened))
                .invoke(turn -> bells.turnDue(actor.tenant(), turn.id()));
    }

    private void requireRest(int turns) {
        if (turns >= config.turnsPerMinute()) {
            throw Problem.of(
                            ErrorCode.RATE_LIMITED,
                            "More than " + config.turnsPerMinute() + " messages a minute: wait a little")
                    .withHeader("Retry-After", Long.toString(MINUTE.toSeconds()))
                    .asException();
        }
    }

    private static ChatTurn opened(String sessionId, Opened opened) {
        return switch (opened) {
            case Opened.Turn(var turn) -> turn;
            case Opened.NotYours _ -> throw unknownSession();
            case Opened.Busy(var turn) ->
                throw inProgress(
                        "This session's last message is still worked on: wait for it, cancel it with POST "
                                + TurnView.url(sessionId, turn) + "/cancel, or ask in another session",
                        turn);
        };
    }

    private static ProblemException inProgress(String detail, UUID turn) {
        return new Problem(ErrorCode.TURN_IN_PROGRESS, detail, List.of(), Map.of(), Map.of("turn_id", turn.toString()))
                .asException();
    }

    /** Deletes a session of the user's, unless something is still going on in it. */
    Uni<Void> delete(Actor actor, String sessionId) {
        return conversations.delete(actor, sessionId).map(deleted -> switch (deleted) {
            case Deleted.Gone _ -> null;
            case Deleted.Unknown _ -> throw unknownSession();
            case Deleted.Busy(var turn) ->
                throw inProgress(
                        "A turn of this session isn't ended: wait for it, or cancel it with POST "
                                + TurnView.url(sessionId, turn) + "/cancel",
                        turn);
        });
    }

    /** Stops a turn, and with it what it asked for and nobody has approved yet. */
    Uni<TurnState> cancel(Actor actor, String sessionId, UUID turnId) {
        return conversations
                .turn(actor, turnId)
                .map(turn -> turn.filter(it -> it.sessionId().equals(sessionId)).orElseThrow(ChatDesk::unknownTurn))
                .chain(() -> conversations.cancel(actor, turnId))
                .map(ChatDesk::asked)
                .call(now -> now.ended() ? cancelTasks(actor, turnId) : tellEngine(actor, turnId))
                .invoke(() -> mailboxes.look(actor.tenant(), sessionId));
    }

    private static TurnState asked(Cancelled cancelled) {
        return switch (cancelled) {
            case Cancelled.Asked(var now) -> now;
            case Cancelled.Ended(var already) ->
                throw new ProblemException(ErrorCode.NOT_ALLOWED_NOW, "The turn is " + already.wire() + " already");
            case Cancelled.Unknown _ -> throw unknownTurn();
        };
    }

    private Uni<Void> tellEngine(Actor actor, UUID turnId) {
        bells.turnCancelled(actor.tenant(), turnId);
        return Uni.createFrom().voidItem();
    }

    private Uni<Void> cancelTasks(Actor actor, UUID turnId) {
        return conversations
                .turn(actor, turnId)
                .onItem()
                .transformToMulti(turn -> Multi.createFrom()
                        .iterable(turn.orElseThrow(ChatDesk::unknownTurn).events()))
                .onItem()
                .transformToUniAndConcatenate(reply -> Steps.awaited(reply.event())
                        .map(task -> cancelUnlessApproved(actor, task))
                        .orElseGet(() -> Uni.createFrom().voidItem()))
                .collect()
                .last();
    }

    private Uni<Void> cancelUnlessApproved(Actor actor, long taskId) {
        return tasks.byId(actor.tenant(), taskId)
                .chain(task -> task.filter(ChatDesk::mayStillBeStopped)
                        .map(_ -> control.cancel(actor.tenant(), taskId, actor.subject())
                                .replaceWithVoid())
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    /** A task that people agreed to is theirs by now. */
    private static boolean mayStillBeStopped(Task task) {
        var asked = task.approval();
        var approved = asked != null && asked.state() == ApprovalState.APPROVED;
        return !approved && !task.state().ended() && task.state() != TaskState.RUNNING;
    }

    static ProblemException unknownSession() {
        return new ProblemException(ErrorCode.NOT_FOUND, "There is no such session");
    }

    static ProblemException unknownTurn() {
        return new ProblemException(ErrorCode.NOT_FOUND, "There is no such turn");
    }
}
