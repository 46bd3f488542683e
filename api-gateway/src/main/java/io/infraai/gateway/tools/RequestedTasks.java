package io.infraai.gateway.tools;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.identity.Actor;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.remediation.NewTask;
import io.infraai.contracts.remediation.Task;
import io.infraai.contracts.remediation.TaskState;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.ToolDescription;
import io.infraai.gateway.bells.Bells;
import io.infraai.gateway.problem.ErrorCode;
import io.infraai.gateway.problem.Problem;
import io.infraai.gateway.problem.Problem.Fault;
import io.infraai.gateway.problem.ProblemException;
import io.infraai.gateway.tools.ToolOutcome.Accepted;
import io.infraai.persistence.task.TaskCreation;
import io.infraai.persistence.task.TaskCreation.Requested;
import io.infraai.persistence.task.TaskQueries;
import io.infraai.policies.ActionPlanner;
import io.infraai.policies.Planned;
import io.infraai.policies.PlannedAction;
import io.infraai.policies.ToolLookup;

/** Makes tasks of what people ask tools for that can't be answered at once. */
@ApplicationScoped
public class RequestedTasks {

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,200}");

    private final TaskCreation creation;
    private final TaskQueries queries;
    private final Bells bells;
    private final ToolsConfig config;
    private final ProtectionConfig protection;
    private final SecureRandom random = new SecureRandom();

    RequestedTasks(
            TaskCreation creation, TaskQueries queries, Bells bells, ToolsConfig config, ProtectionConfig protection) {
        this.creation = creation;
        this.queries = queries;
        this.bells = bells;
        this.config = config;
        this.protection = protection;
    }

    public Uni<Accepted> request(
            Actor actor, ToolLookup tools, ToolDescription tool, ToolWish wish, @Nullable String key) {
        var action = planned(new ActionPlanner(tools, protection.protectedNamespaces()), tool, wish.arguments());
        var approvals =
                tool.risk() == Risk.DESTROYS && !wish.dryRun() ? tool.kind().approvers() : 0;
        var task = new NewTask(
                idempotencyKey(actor, key),
                action.targetKey(),
                tool.name(),
                tool.kind(),
                action.params(),
                approvals,
                wish.dryRun(),
                config.taskMaxAge(),
                List.of(),
                null,
                null,
                OptionalLong.empty(),
                0,
                actor.subject(),
                bells.trace());
        return creation.request(actor.tenant(), task)
                .chain(requested -> accepted(actor.tenant(), requested, approvals));
    }

    private Uni<Accepted> accepted(TenantId tenant, Requested requested, int approvals) {
        if (!requested.same()) {
            throw new ProblemException(ErrorCode.IDEMPOTENCY_KEY_REUSED, "Take another key for another request");
        }
        // what people must agree to is queued, too, until a worker has found out what exactly they are asked about
        var asked = approvals > 0 ? TaskState.AWAITING_APPROVAL : TaskState.QUEUED;
        if (!requested.created()) {
            return queries.byId(tenant, requested.taskId())
                    .map(known -> Accepted.of(
                            requested.taskId(), known.map(Task::state).orElse(asked)));
        }
        bells.taskDue(tenant, requested.taskId());
        return Uni.createFrom().item(Accepted.of(requested.taskId(), asked));
    }

    /**
     * @throws ProblemException 422 when the tool can't be called with these
     */
    static void requireFit(ToolLookup tools, ToolDescription tool, ObjectNode arguments) {
        planned(new ActionPlanner(tools, Set.of()), tool, arguments);
    }

    private static PlannedAction planned(ActionPlanner planner, ToolDescription tool, ObjectNode arguments) {
        return switch (planner.plan(tool.name(), arguments)) {
            case Planned.Ready(var action) -> action;
            case Planned.Refused(var path, var reason) ->
                throw Problem.invalid(List.of(new Fault("/arguments" + path, reason)))
                        .asException();
        };
    }

    private String idempotencyKey(Actor actor, @Nullable String key) {
        if (key == null) {
            var bytes = new byte[16];
            random.nextBytes(bytes);
            return "request:" + HexFormat.of().formatHex(bytes);
        }
        if (!KEY.matcher(key).matches()) {
            throw new ProblemException(
                    ErrorCode.MALFORMED_REQUEST, "An Idempotency-Key has 1 to 200 printable ASCII characters");
        }
        return "request:" + actor.subject() + ":" + key;
    }
}
