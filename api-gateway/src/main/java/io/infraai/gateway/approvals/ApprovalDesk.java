package io.infraai.gateway.approvals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.identity.Actor;
import io.infraai.contracts.identity.Permission;
import io.infraai.contracts.remediation.Approval;
import io.infraai.contracts.remediation.ApprovalState;
import io.infraai.gateway.bells.Bells;
import io.infraai.gateway.problem.ErrorCode;
import io.infraai.gateway.problem.Problem;
import io.infraai.gateway.problem.ProblemException;
import io.infraai.gateway.security.Caller;
import io.infraai.persistence.task.TaskApproval;
import io.infraai.persistence.task.TaskApproval.Answer;
import io.infraai.persistence.task.TaskApproval.Voice;

/**
 * Counts what people say to requests for approval, whichever way they say it. Fails with a {@link ProblemException} when they
 * may not, or nobody asks them.
 */
@ApplicationScoped
public class ApprovalDesk {

    /** What a comment must be. */
    public static final String COMMENT = "must be a text of up to 500 characters";

    static final String UNKNOWN = "There is no such request for approval";

    private static final int MOST_CHARACTERS = 500;

    private final TaskApproval approvals;
    private final Bells bells;
    private final boolean fourEyes;

    ApprovalDesk(
            TaskApproval approvals,
            Bells bells,
            @ConfigProperty(name = "infraai.four-eyes", defaultValue = "true") boolean fourEyes) {
        this.approvals = approvals;
        this.bells = bells;
        this.fourEyes = fourEyes;
    }

    public static boolean isComment(JsonNode comment) {
        return comment.isTextual() && comment.textValue().length() <= MOST_CHARACTERS;
    }

    public Uni<Approval> approve(Actor actor, long id, @Nullable String comment) {
        Caller.require(actor, Permission.APPROVE);
        return approvals
                .approve(actor.tenant(), id, new Voice(actor.subject(), comment), fourEyes)
                .map(ApprovalDesk::counted)
                .invoke(now -> {
                    if (now.state() == ApprovalState.APPROVED) {
                        bells.taskDue(actor.tenant(), now.taskId());
                    }
                });
    }

    public Uni<Approval> reject(Actor actor, long id, @Nullable String comment) {
        Caller.require(actor, Permission.APPROVE);
        return approvals
                .reject(actor.tenant(), id, new Voice(actor.subject(), comment))
                .map(ApprovalDesk::counted);
    }

    private static Approval counted(Answer answer) {
        return switch (answer) {
            case Answer.Counted(var approval) -> approval;
            case Answer.NotOpen closed -> throw tooLate(closed);
            case Answer.AgreedBefore _ ->
                throw new ProblemException(
                        ErrorCode.NOT_ALLOWED_NOW, "You have agreed to it already; it takes another person, too");
            case Answer.OwnRequest _ ->
                throw new ProblemException(
                        ErrorCode.OWN_REQUEST,
                        "You asked for it yourself: under the four-eyes rules another must approve");
            case Answer.Unknown _ -> throw new ProblemException(ErrorCode.NOT_FOUND, UNKNOWN);
        };
    }

    /** Gone for good when its time is over; else in conflict with what somebody decided, who is named. */
    private static ProblemException tooLate(Answer.NotOpen closed) {
        var members = new HashMap<>(Map.of("state", closed.now().wire()));
        closed.by().ifPresent(by -> members.put("decided_by", by));
        closed.at().ifPresent(at -> members.put("decided_at", at.toString()));
        var expired = closed.now() == ApprovalState.EXPIRED;
        var detail = expired
                ? "This request has expired: ask for the action again if it is still wanted"
                : "This request is " + closed.now().wire()
                        + closed.by().map(by -> " by " + by).orElse("") + ", nobody is asked any more";
        var code = expired ? ErrorCode.APPROVAL_EXPIRED : ErrorCode.NOT_ALLOWED_NOW;
        return new Problem(code, detail, List.of(), Map.of(), members).asException();
    }
}
