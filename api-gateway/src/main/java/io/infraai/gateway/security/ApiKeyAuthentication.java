package io.infraai.gateway.security;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.identity.Permission;
import io.infraai.gateway.problem.ErrorCode;
import io.infraai.gateway.problem.Problem;

/**
 * Makes an API key an actor. A key that isn't accepted leaves the request without identity and with the reason, which whoever
 * wants an identity answers with; what is open to everybody stays open.
 */
@ApplicationScoped
class ApiKeyAuthentication implements HttpAuthenticationMechanism {

    static final String REFUSAL = "infraai.refusal";

    private static final Logger LOG = Logger.getLogger(ApiKeyAuthentication.class);
    private static final String CHALLENGE = "Bearer realm=\"infraai\"";

    private final ApiKeys keys;
    private final FailedLogins failures;

    ApiKeyAuthentication(ApiKeys keys, FailedLogins failures) {
        this.keys = keys;
        this.failures = failures;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identityProviders) {
        var presented = Credentials.of(context.request());
        return switch (presented) {
            case Credentials.None _ -> nobody();
            case Credentials.Ambiguous(var detail) -> refused(context, Problem.of(ErrorCode.MALFORMED_REQUEST, detail));
            case Credentials.Key(var text) ->
                KeyText.parse(text).map(key -> known(context, key)).orElseGet(() -> wrong(context));
        };
    }

    private Uni<SecurityIdentity> known(RoutingContext context, KeyText key) {
        return keys.actor(key)
                .onItemOrFailure()
                .transformToUni((actor, failure) -> failure != null
                        ? unknowable(context, failure)
                        : judged(context, actor.map(known -> new Bearer(key.id(), known))));
    }

    private Uni<SecurityIdentity> judged(RoutingContext context, Optional<Bearer> bearer) {
        return bearer.map(known -> Uni.createFrom().item(identity(known))).orElseGet(() -> wrong(context));
    }

    private static Uni<SecurityIdentity> unknowable(RoutingContext context, Throwable failure) {
        LOG.warnf("No key can be checked: %s", failure.getMessage());
        return refused(context, Problem.unavailable("Keys can't be checked for now"));
    }

    private Uni<SecurityIdentity> wrong(RoutingContext context) {
        var tooMany = failures.failed(context.request().remoteAddress().hostAddress());
        return refused(
                context,
                tooMany && !context.request().path().endsWith("/alerts")
                        ? Problem.of(ErrorCode.TOO_MANY_FAILED_LOGINS, "Wait a minute before the next try")
                                .withHeader("Retry-After", "60")
                        : unauthenticated("The key is not accepted"));
    }

    private static Uni<SecurityIdentity> refused(RoutingContext context, Problem problem) {
        context.put(REFUSAL, problem);
        return nobody();
    }

    private static Uni<SecurityIdentity> nobody() {
        return Uni.createFrom().nullItem();
    }

    static Problem unauthenticated(String detail) {
        return Problem.of(ErrorCode.UNAUTHENTICATED, detail).withHeader("WWW-Authenticate", CHALLENGE);
    }

    /** Why this request has no identity. */
    static Problem refusal(RoutingContext context) {
        var refusal = context.<@Nullable Problem>get(REFUSAL);
        return refusal != null ? refusal : unauthenticated("Send a key as X-API-KEY or Authorization: Bearer");
    }

    private static SecurityIdentity identity(Bearer bearer) {
        var actor = bearer.actor();
        var identity = QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(actor.subject()))
                .addAttribute(Caller.ACTOR, actor)
                .addAttribute(Caller.BEARER, bearer);
        actor.roles().forEach(role -> identity.addRole(role.wire()));
        for (var permission : Permission.values()) {
            if (actor.may(permission)) {
                identity.addPermissionAsString(permission.name().toLowerCase(Locale.ROOT));
            }
        }
        return identity.build();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", CHALLENGE));
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }
}
