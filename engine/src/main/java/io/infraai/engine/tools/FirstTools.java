package io.infraai.engine.tools;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

import io.infraai.contracts.identity.Actor;
import io.infraai.contracts.identity.Permission;
import io.infraai.contracts.tool.ToolKind;
import io.infraai.persistence.catalog.Catalogue;
import io.infraai.persistence.catalog.RecentTools;

/**
 * An engine that has just begun doesn't know yet what can be asked for: it isn't ready, and questions wait, until some worker
 * has told of its tools, or for a while when there is none.
 */
@Default
@Readiness
@ApplicationScoped
class FirstTools implements AsyncHealthCheck {

    private static final Logger LOG = Logger.getLogger(FirstTools.class);
    private static final Duration LOOK = Duration.ofMillis(200);

    private static final String NO_WORKER =
            "\n\n(No worker has told what it can change, so no change was possible. Is one running?)";

    private final RecentTools recent;
    private final Clock clock;
    private final Instant until;
    private volatile boolean known;

    FirstTools(
            RecentTools recent,
            Clock clock,
            @ConfigProperty(name = "infraai.engine.wait-for-tools", defaultValue = "10s") Duration wait) {
        this.recent = recent;
        this.clock = clock;
        this.until = clock.instant().plus(wait);
    }

    /** Engines only look, so what changes something was told by a worker. */
    private static boolean change(Catalogue catalogue) {
        return catalogue.all().stream().anyMatch(tool -> tool.kind() != ToolKind.READING);
    }

    /** For a user who might miss what no worker has told of. Not for the model to say, which can't know why a tool isn't there. */
    String remark(Actor actor) {
        return actor.may(Permission.CALL_CHANGING_TOOLS) && !change(recent.latest()) ? NO_WORKER : "";
    }

    /** Completes once they are known, or nobody waits for them any longer. */
    Uni<Void> known() {
        if (known) {
            return Uni.createFrom().voidItem();
        }
        var caller = Vertx.currentContext();
        var waited = Uni.createFrom()
                .deferred(this::look)
                .repeat()
                .withDelay(LOOK)
                .until(settled -> settled)
                .collect()
                .last()
                .replaceWithVoid();
        return caller == null ? waited : waited.emitOn(task -> caller.runOnContext(_ -> task.run()));
    }

    private Uni<Boolean> look() {
        return recent.now()
                .map(FirstTools::change)
                // a database that is away is told of by whoever needs it next
                .onFailure()
                .recoverWithItem(false)
                .map(told -> settled(told, !clock.instant().isBefore(until)));
    }

    private boolean settled(boolean told, boolean late) {
        if (!known && !told && late) {
            LOG.warn("No worker has told which tools it has: conversations begin without any that changes something");
        }
        if (told || late) {
            known = true;
        }
        return known;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return (known ? Uni.createFrom().item(true) : look())
                .map(ready -> HealthCheckResponse.named("tools of workers")
                        .status(ready)
                        .build());
    }
}
