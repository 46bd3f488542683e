package io.infraai.gateway.status;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.identity.Permission;
import io.infraai.contracts.identity.TenantId;
import io.infraai.gateway.security.Caller;
import io.infraai.gateway.security.RequiresPermission;
import io.infraai.persistence.task.TaskControl;
import io.infraai.persistence.task.TaskControl.Pause;
import io.infraai.persistence.task.TaskQueries;
import io.infraai.persistence.task.TaskQueries.Summary;

/** What is connected and what waits. */
@Path("/api/status")
@Tag(name = "status")
@Produces(MediaType.APPLICATION_JSON)
class StatusResource {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final TaskQueries tasks;
    private final TaskControl control;
    private final Doorbell doorbell;
    private final Caller caller;
    private final Map<String, String> simulated;
    private final String version;

    StatusResource(
            TaskQueries tasks,
            TaskControl control,
            Doorbell doorbell,
            Caller caller,
            SmallRyeConfig config,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.tasks = tasks;
        this.control = control;
        this.doorbell = doorbell;
        this.caller = caller;
        this.simulated = config.getOptionalValues("infraai.simulated", String.class, String.class)
                .orElse(Map.of());
        this.version = version;
    }

    /**
     * @param database {@code connected} or {@code unreachable}, as is redis
     * @param simulated the address of each platform that is a simulator here
     * @param tasks how many stand in each state
     * @param pausedSince absent unless actions are paused
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Status(
            String status,
            String version,
            String database,
            String redis,
            Map<String, String> simulated,
            Map<String, Long> tasks,
            @Nullable Long oldestQueuedSeconds,
            boolean paused,
            @Nullable Instant pausedSince,
            @Nullable String pausedBy,
            @Nullable String pauseReason) {}

    private record Stored(boolean reachable, Summary summary, Optional<Pause> pause) {

        static final Stored NOTHING = new Stored(false, new Summary(Map.of(), Optional.empty()), Optional.empty());
    }

    @GET
    @RequiresPermission(Permission.READ)
    @Operation(summary = "Tells what is connected, simulated, queued and paused")
    public Uni<Status> status() {
        var tenant = caller.tenant();
        return Uni.combine()
                .all()
                .unis(stored(tenant), doorbell.answers())
                .asTuple()
                .map(both -> status(both.getItem1(), both.getItem2()));
    }

    private Uni<Stored> stored(TenantId tenant) {
        return tasks.summary(tenant)
                .chain(summary -> control.paused(tenant).map(pause -> new Stored(true, summary, pause)))
                .ifNoItem()
                .after(PATIENCE)
                .recoverWithItem(Stored.NOTHING)
                .onFailure()
                .recoverWithItem(Stored.NOTHING);
    }

    private Status status(Stored stored, boolean redis) {
        var counts = new TreeMap<String, Long>();
        stored.summary().byState().forEach((state, count) -> counts.put(state.wire(), count));
        var pause = stored.pause().orElse(null);
        return new Status(
                stored.reachable() && redis ? "ok" : "degraded",
                version,
                word(stored.reachable()),
                word(redis),
                simulated,
                counts,
                stored.summary().oldestQueued().map(Duration::toSeconds).orElse(null),
                pause != null,
                pause == null ? null : pause.since(),
                pause == null ? null : pause.by(),
                pause == null ? null : pause.reason());
    }

    private static String word(boolean reachable) {
        return reachable ? "connected" : "unreachable";
    }
}
