package io.infraai.gateway.tools;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.audit.AuditAction;
import io.infraai.contracts.identity.Actor;
import io.infraai.contracts.identity.Permission;
import io.infraai.contracts.tool.ToolDescription;
import io.infraai.contracts.tool.ToolKind;
import io.infraai.gateway.problem.ErrorCode;
import io.infraai.gateway.problem.ProblemException;
import io.infraai.gateway.security.Caller;
import io.infraai.persistence.audit.AuditLog;
import io.infraai.persistence.audit.AuditNote;

/** The guarded tool layer, whichever protocol asks: what only looks is answered, what changes something, or looks for long, becomes a task. */
@ApplicationScoped
public class ToolCalls {

    /** Longer arguments aren't kept. */
    private static final int MOST_SHOWN = 2_000;

    private final KnownTools tools;
    private final ReadingCalls reading;
    private final RequestedTasks requested;
    private final ToolsConfig config;
    private final AuditLog audit;

    ToolCalls(KnownTools tools, ReadingCalls reading, RequestedTasks requested, ToolsConfig config, AuditLog audit) {
        this.tools = tools;
        this.reading = reading;
        this.requested = requested;
        this.config = config;
        this.audit = audit;
    }

    /**
     * Fails with a {@link ProblemException} when the caller may not, there is no such tool, it can't be called with these
     * arguments, or it says nothing in its time.
     *
     * @param idempotencyKey makes one task of several calls
     */
    public Uni<ToolOutcome> call(Actor actor, String name, ToolWish wish, @Nullable String idempotencyKey) {
        Caller.require(actor, Permission.CALL_READING_TOOLS);
        return tools.now().chain(known -> {
            var tool = known.called(name)
                    .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "No worker has such a tool"));
            var looks = tool.kind() == ToolKind.READING;
            if (looks && !isHeavy(tool)) {
                RequestedTasks.requireFit(known, tool, wish.arguments());
                return audit.write(actor.tenant(), called(actor, tool, wish))
                        .chain(() -> reading.call(actor, tool, wish.arguments()))
                        .map(result -> new ToolOutcome.Answered(tool, result));
            }
            Caller.require(actor, looks ? Permission.CALL_HEAVY_TOOLS : Permission.CALL_CHANGING_TOOLS);
            return requested.request(actor, known, tool, wish, idempotencyKey).map(accepted -> accepted);
        });
    }

    private static AuditNote called(Actor actor, ToolDescription tool, ToolWish wish) {
        var arguments = wish.arguments().toString();
        return new AuditNote(actor.subject(), AuditAction.TOOL_CALLED, "tool:" + tool.name())
                .with("arguments", arguments.length() <= MOST_SHOWN ? arguments : null);
    }

    /** Whether it may take longer than somebody waits for an answer. */
    private boolean isHeavy(ToolDescription tool) {
        return tool.timeout().compareTo(config.longestAnswer()) > 0;
    }
}
