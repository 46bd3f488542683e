package io.infraai.gateway.alerts;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

import io.infraai.contracts.identity.Permission;
import io.infraai.gateway.security.Caller;
import io.infraai.gateway.security.RequiresPermission;

/** Where Alertmanager and Grafana post alerts. */
@Path("/api/alerts")
@Tag(name = "alerts")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
// a sender that hangs up doesn't stop a commit half-way
@Cancellable(false)
class AlertmanagerWebhook {

    static final String SUMMARY = "Takes alerts in";
    static final String DESCRIPTION = """
            The webhook of Alertmanager (version 4) and Grafana (version 1), or a bare array as Prometheus and vmalert \
            post it. Answered 200 once the alerts are committed; 503 when they can't be stored now. An alert that can't be \
            taken is listed under `quarantined` and spoils no other.""";

    private final Intake intake;
    private final Caller caller;

    AlertmanagerWebhook(Intake intake, Caller caller) {
        this.intake = intake;
        this.caller = caller;
    }

    @POST
    @RequiresPermission(Permission.POST_ALERTS)
    @Operation(summary = SUMMARY, description = DESCRIPTION)
    public Uni<IntakeAnswer> message(byte[] body) {
        return intake.take(caller.tenant(), body);
    }

    /** Grafana can be told to use this method. */
    @PUT
    @RequiresPermission(Permission.POST_ALERTS)
    @Operation(summary = SUMMARY, description = DESCRIPTION)
    public Uni<IntakeAnswer> messagePut(byte[] body) {
        return intake.take(caller.tenant(), body);
    }
}
