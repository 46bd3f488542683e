package io.infraai.simulators.kubernetes;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/** Answers requests: who may, what is meant, what comes of it. */
final class ApiRouter {

    private static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

    private static final String EVICTION = "policy/v1";
    private static final String OLDER_EVICTION = "policy/v1beta1";

    private final ClusterState state;
    private final Scales scales;
    private final AccessControl access;

    ApiRouter(ClusterState state, AccessControl access) {
        this.state = state;
        this.scales = new Scales(state.resources());
        this.access = access;
    }

    /** Answers what isn't about a resource; empty when it is. */
    Optional<Answer> besidesResources(String method, String path, ApiRequest.Body body) {
        if (method.equals("POST") && path.equals(REVIEWS)) {
            return Optional.of(Answer.json(201, access.review(body.object())));
        }
        if (!method.equals("GET")) {
            return Optional.empty();
        }
        if (path.equals("/healthz") || path.equals("/livez") || path.equals("/readyz")) {
            return Optional.of(Answer.text(200, "ok"));
        }
        var measured = state.call(() -> state.metrics().at(path));
        if (measured.isPresent()) {
            return Optional.of(Answer.json(200, measured.get()));
        }
        return new Discovery(state.olderEvictions() ? OLDER_EVICTION : EVICTION)
                .at(path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path)
                .map(found -> Answer.json(200, found));
    }

    Answer answer(ApiRequest request, OpenCall call) {
        access.authorize(request);
        return state.call(() -> switch (request.target().subresource()) {
            case "" -> resource(request, call);
            case "status" -> status(request);
            case "scale" -> scale(request, call);
            case "log" -> log(request);
            case "eviction" -> evict(request, call);
            default -> throw ApiFailure.noSuchPath();
        });
    }

    private Answer resource(ApiRequest request, OpenCall call) {
        var key = request.target().key();
        var resources = state.resources();
        return switch (request.verb()) {
            case "get" -> Answer.json(200, resources.existing(key).bytes());
            case "list" -> Listing.list(state.store(), request);
            case "create" -> {
                if (!key.name().isEmpty()) {
                    throw ApiFailure.methodNotAllowed();
                }
                yield Answer.json(201, created(request, call));
            }
            case "update" -> {
                var body = named(request).object();
                expect(call, body);
                yield Answer.json(200, resources.update(key, body, write(request, Json.object(), call)));
            }
            case "patch" -> {
                var patch = named(request).json();
                expect(call, patch);
                yield Answer.json(
                        200, resources.patch(key, request.contentType(), patch, write(request, Json.object(), call)));
            }
            case "delete" -> {
                var options = request.json();
                call.preconditions(
                        Json.at(options, "preconditions", "uid"), Json.at(options, "preconditions", "resourceVersion"));
                yield Answer.json(200, resources.delete(key, options, write(request, options, call)));
            }
            case "deletecollection" -> deleteAll(request, call);
            default -> throw ApiFailure.methodNotAllowed();
        };
    }

    private JsonNode created(ApiRequest request, OpenCall call) {
        var target = request.target();
        return state.resources()
                .create(target.kind(), target.namespace(), request.object(), write(request, Json.object(), call));
    }

    private Answer deleteAll(ApiRequest request, OpenCall call) {
        var options = request.json();
        var write = write(request, options, call);
        Listing.matching(state.store(), request)
                .forEach(object -> state.resources().delete(object.key(), options, write));
        var status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        return Answer.json(200, status.put("status", "Success"));
    }

    private Answer status(ApiRequest request) {
        if (!request.verb().equals("get")) {
            throw ApiFailure.methodNotAllowed();
        }
        return Answer.json(
                200, state.resources().existing(request.target().key()).bytes());
    }

    private Answer scale(ApiRequest request, OpenCall call) {
        var key = request.target().key();
        switch (key.kind()) {
            case DEPLOYMENT, REPLICA_SET, STATEFUL_SET -> {}
            case NAMESPACE, NODE, POD, EVENT, CONFIG_MAP, SECRET, DAEMON_SET, SCALED_OBJECT, DISRUPTION_BUDGET ->
                throw ApiFailure.noSuchPath();
        }
        return switch (request.verb()) {
            case "get" -> Answer.json(200, scales.read(key));
            case "update" -> {
                var body = request.object();
                expect(call, body);
                yield Answer.json(200, scales.update(key, body, write(request, Json.object(), call)));
            }
            case "patch" -> {
                var patch = request.json();
                expect(call, patch);
                yield Answer.json(
                        200, scales.patch(key, request.contentType(), patch, write(request, Json.object(), call)));
            }
            default -> throw ApiFailure.methodNotAllowed();
        };
    }

    private Answer log(ApiRequest request) {
        pod(request);
        if (!request.verb().equals("get")) {
            throw ApiFailure.methodNotAllowed();
        }
        return Answer.text(
                200, state.logs().of(state.resources().existing(request.target().key()), request));
    }

    private Answer evict(ApiRequest request, OpenCall call) {
        pod(request);
        if (!request.verb().equals("create")) {
            throw ApiFailure.methodNotAllowed();
        }
        var eviction = request.object();
        var version = eviction.path("apiVersion").asText(OLDER_EVICTION);
        if (!eviction.path("kind").asText("Eviction").equals("Eviction") || !knows(version)) {
            throw ApiFailure.badRequest("no kind \"%s\" is registered for version \"%s\""
                    .formatted(eviction.path("kind").asText(), version));
        }
        var named = Json.text(eviction, "metadata", "name");
        if (!named.isEmpty() && !named.equals(request.target().name())) {
            throw ApiFailure.badRequest("name in URL does not match name in Eviction object");
        }
        var options = eviction.path("deleteOptions");
        call.preconditions(
                Json.at(options, "preconditions", "uid"), Json.at(options, "preconditions", "resourceVersion"));
        return Answer.json(
                201, state.resources().evict(request.target().key(), options, write(request, options, call)));
    }

    /** The older version is still read where it is no longer listed: some clients write nothing else. */
    private boolean knows(String eviction) {
        return eviction.equals(OLDER_EVICTION) || (eviction.equals(EVICTION) && !state.olderEvictions());
    }

    private static void pod(ApiRequest request) {
        if (request.target().kind() != ResourceKind.POD) {
            throw ApiFailure.noSuchPath();
        }
    }

    private static ApiRequest named(ApiRequest request) {
        if (request.target().name().isEmpty()) {
            throw ApiFailure.methodNotAllowed();
        }
        return request;
    }

    private static void expect(OpenCall call, JsonNode body) {
        call.preconditions(Json.at(body, "metadata", "uid"), Json.at(body, "metadata", "resourceVersion"));
    }

    private static Write write(ApiRequest request, JsonNode options, OpenCall call) {
        return new Write(request.dryRun(options), call::changed);
    }
}
