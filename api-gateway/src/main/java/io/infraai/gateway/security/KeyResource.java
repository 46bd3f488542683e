package io.infraai.gateway.security;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.identity.Permission;
import io.infraai.contracts.identity.Role;
import io.infraai.gateway.problem.ErrorCode;
import io.infraai.gateway.problem.Problem;
import io.infraai.gateway.problem.Problem.Fault;
import io.infraai.gateway.problem.ProblemException;
import io.infraai.gateway.request.Page;
import io.infraai.gateway.request.StrictJson;
import io.infraai.persistence.access.ApiKeyStore;
import io.infraai.persistence.access.ApiKeyStore.ApiKey;

/** API keys, for admins. A key is shown once, when it is made. */
@Path("/api/keys")
@Tag(name = "keys")
@Produces(MediaType.APPLICATION_JSON)
class KeyResource {

    private static final Set<String> FIELDS = Set.of("name", "roles", "expires_in_days");
    private static final int MOST_DAYS = 3_650;

    private final ApiKeyStore store;
    private final KeyHash hash;
    private final ApiKeys known;
    private final Caller caller;
    private final SecureRandom random = new SecureRandom();
    private final Clock clock;

    KeyResource(ApiKeyStore store, KeyHash hash, ApiKeys known, Caller caller, Clock clock) {
        this.store = store;
        this.hash = hash;
        this.known = known;
        this.caller = caller;
        this.clock = clock;
    }

    /**
     * @param key only in the answer to the one who made it
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record KeyView(
            String id,
            String name,
            Set<Role> roles,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant revokedAt,
            @Nullable String key) {

        static KeyView of(ApiKey key, @Nullable String whole) {
            return new KeyView(
                    key.id(), key.name(), key.roles(), key.createdAt(), key.expiresAt(), key.revokedAt(), whole);
        }
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.MANAGE_KEYS)
    @Operation(
            summary = "Makes a key",
            description = "`{\"name\":…,\"roles\":[…],\"expires_in_days\"?:n}`. The answer's `key` is shown this once.")
    public Uni<Response> create(byte[] body) {
        var wish = StrictJson.object(body);
        refuseFaults(wish);
        var text = KeyText.random(random);
        var now = clock.instant();
        var days = wish.path("expires_in_days");
        var expires = days.isMissingNode() ? null : now.plus(Duration.ofDays(days.intValue()));
        var key = new ApiKey(
                caller.tenant(),
                text.id(),
                wish.path("name").textValue(),
                hash.of(text.material()),
                roles(wish),
                now,
                expires,
                null);
        return store.create(key, caller.subject())
                .map(_ -> Response.status(Response.Status.CREATED)
                        .header("Location", "/api/keys/" + key.id())
                        .header("Cache-Control", "no-store")
                        .entity(KeyView.of(key, text.whole().reveal()))
                        .build());
    }

    @GET
    @RequiresPermission(Permission.MANAGE_KEYS)
    @Operation(summary = "Lists keys, without their secrets")
    public Uni<Page<KeyView>> list() {
        return store.all(caller.tenant())
                .map(keys -> new Page<>(
                        keys.stream().map(key -> KeyView.of(key, null)).toList(), null));
    }

    @DELETE
    @Path("/{id}")
    @RequiresPermission(Permission.MANAGE_KEYS)
    @Operation(summary = "Revokes a key; it stops working within a second")
    public Uni<Void> revoke(@PathParam("id") String id) {
        return store.revoke(caller.tenant(), id, caller.subject()).map(found -> {
            if (!found) {
                throw new ProblemException(ErrorCode.NOT_FOUND, "There is no such key");
            }
            known.forget(id);
            return null;
        });
    }

    private static void refuseFaults(ObjectNode wish) {
        var faults = new ArrayList<Fault>();
        wish.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field)) {
                faults.add(new Fault("/" + field, "there is no such field"));
            }
        });
        var name = wish.path("name").asText("");
        if (!wish.path("name").isTextual() || name.isBlank() || name.length() > 100) {
            faults.add(new Fault("/name", "must have 1 to 100 characters"));
        }
        if (roles(wish).isEmpty() || roles(wish).size() != wish.path("roles").size()) {
            faults.add(new Fault(
                    "roles",
                    "must be a list of "
                            + List.of(Role.values()).stream().map(Role::wire).toList()));
        }
        var days = wish.path("expires_in_days");
        if (!days.isMissingNode() && (!days.isInt() || days.intValue() < 1 || days.intValue() > MOST_DAYS)) {
            faults.add(new Fault("/expires_in_days", "must be a number from 1 to " + MOST_DAYS));
        }
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults).asException();
        }
    }

    /** The roles that exist among those wished for. */
    private static Set<Role> roles(ObjectNode wish) {
        var roles = EnumSet.noneOf(Role.class);
        for (var role : Role.values()) {
            for (var word : wish.path("roles")) {
                if (role.wire().equals(word.textValue())) {
                    roles.add(role);
                }
            }
        }
        return roles;
    }
}
