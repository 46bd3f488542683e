package io.infraai.gateway.status;

import java.util.List;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a newcomer finds at the address that was printed. */
@Path("/")
@Tag(name = "status")
@Produces(MediaType.APPLICATION_JSON)
class LandingResource {

    private static final Landing LANDING = new Landing(
            "InfraAI",
            "Alerts in, policies matched, guarded actions out. Send your key as X-API-KEY or Authorization: Bearer.",
            List.of(
                    "/api/alerts",
                    "/api/policies",
                    "/api/tasks",
                    "/api/approvals",
                    "/api/tools",
                    "/api/status",
                    "/q/openapi",
                    "/q/health/ready"));

    record Landing(String name, String about, List<String> links) {}

    @GET
    @PermitAll
    @Operation(summary = "Says what is served here")
    public Landing landing() {
        return LANDING;
    }
}
