package io.infraai.gateway.security;

import java.util.Locale;

import jakarta.enterprise.context.RequestScoped;

import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.identity.Actor;
import io.infraai.contracts.identity.Permission;
import io.infraai.contracts.identity.TenantId;
import io.infraai.gateway.problem.ErrorCode;
import io.infraai.gateway.problem.ProblemException;

/** Who calls the resource method that runs. */
@RequestScoped
public class Caller {

    static final String ACTOR = "actor";
    static final String BEARER = "bearer";

    private static final String UNAUTHENTICATED = "Send a key as X-API-KEY or Authorization: Bearer";

    private final CurrentIdentityAssociation identity;

    Caller(CurrentIdentityAssociation identity) {
        this.identity = identity;
    }

    /**
     * @throws ProblemException 401 when nobody was authenticated
     */
    public Actor actor() {
        return actorOf(identity.getIdentity());
    }

    /** For what goes on after the request. */
    public Bearer bearer() {
        return bearerOf(identity.getIdentity());
    }

    /**
     * @throws ProblemException 401 when nobody was authenticated
     */
    public static Bearer bearerOf(SecurityIdentity identity) {
        var bearer = identity.<@Nullable Bearer>getAttribute(BEARER);
        if (bearer == null) {
            throw new ProblemException(ErrorCode.UNAUTHENTICATED, UNAUTHENTICATED);
        }
        return bearer;
    }

    public TenantId tenant() {
        return actor().tenant();
    }

    /** The name for journals. */
    public String subject() {
        return actor().subject();
    }

    /**
     * @throws ProblemException 403 unless the caller may
     */
    public static void require(Actor actor, Permission permission) {
        if (!actor.may(permission)) {
            throw forbidden(permission);
        }
    }

    /**
     * Who sent a request that no resource method serves.
     *
     * @throws ProblemException with the reason when nobody was authenticated
     */
    public static Actor of(RoutingContext context) {
        var actor = context.user() instanceof QuarkusHttpUser user
                ? user.getSecurityIdentity().<@Nullable Actor>getAttribute(ACTOR)
                : null;
        if (actor == null) {
            throw ApiKeyAuthentication.refusal(context).asException();
        }
        return actor;
    }

    static Actor actorOf(SecurityIdentity identity) {
        var actor = identity.<Actor>getAttribute(ACTOR);
        if (actor == null) {
            throw new ProblemException(ErrorCode.UNAUTHENTICATED, UNAUTHENTICATED);
        }
        return actor;
    }

    static ProblemException forbidden(Permission permission) {
        return new ProblemException(
                ErrorCode.FORBIDDEN,
                "It needs the permission " + permission.name().toLowerCase(Locale.ROOT));
    }
}
