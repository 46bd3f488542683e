package io.infraai.gateway.alerts;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
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

/** Where Prometheus and vmalert post alerts, which take us for an Alertmanager. */
@Path("/api/v2/alerts")
@Tag(name = "alerts")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
// a sender that hangs up doesn't stop a commit half-way
@Cancellable(false)
class AlertsApiWebhook {

    private final Intake intake;
    private final Caller caller;

    AlertsApiWebhook(Intake intake, Caller caller) {
        this.intake = intake;
        this.caller = caller;
    }

    @POST
    @RequiresPermission(Permission.POST_ALERTS)
    @Operation(summary = AlertmanagerWebhook.SUMMARY, description = AlertmanagerWebhook.DESCRIPTION)
    public Uni<IntakeAnswer> array(byte[] body) {
        return intake.take(caller.tenant(), body);
    }
}
