package io.infraai.gateway.security;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ResourceInfo;

import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.vertx.ext.web.RoutingContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

import io.infraai.contracts.identity.Actor;
import io.infraai.gateway.problem.ErrorCode;
import io.infraai.gateway.problem.ProblemException;
import io.infraai.logs.LogKey;

/** Lets a request through to a resource method if its caller may call it, and to a method that says nothing never. */
class PermissionFilter {

    private final CurrentIdentityAssociation identity;

    PermissionFilter(CurrentIdentityAssociation identity) {
        this.identity = identity;
    }

    @ServerRequestFilter(priority = Priorities.AUTHORIZATION)
    void check(ResourceInfo resource, RoutingContext context) {
        var method = resource.getResourceMethod();
        if (method.isAnnotationPresent(PermitAll.class)) {
            return;
        }
        var actor = identity.getIdentity().<Actor>getAttribute(Caller.ACTOR);
        if (actor == null) {
            throw ApiKeyAuthentication.refusal(context).asException();
        }
        LogKey.TENANT.put(actor.tenant());
        var required = method.getAnnotation(RequiresPermission.class);
        if (required == null) {
            throw new ProblemException(ErrorCode.FORBIDDEN, "This is open to nobody");
        }
        if (!actor.may(required.value())) {
            throw Caller.forbidden(required.value());
        }
    }
}
