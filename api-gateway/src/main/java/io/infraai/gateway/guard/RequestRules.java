package io.infraai.gateway.guard;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

import io.infraai.gateway.problem.ErrorCode;
import io.infraai.gateway.problem.Problem;

/**
 * What no honest client sends. Two readers of such a request can understand two different things, which is what request
 * smuggling and walking past rules live on.
 */
final class RequestRules {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS");
    private static final Pattern DOUBTFUL_PATH =
            Pattern.compile(";|\\\\|//|%(?:00|2e|2f|3b|5c|25)|/\\.{1,2}(?:/|$)", Pattern.CASE_INSENSITIVE);
    private static final Pattern KEY_IN_QUERY =
            Pattern.compile("iai_|(?:^|&)(?:x-api-key|api[_-]?key|access_token|token)=", Pattern.CASE_INSENSITIVE);
    private static final Pattern JSON_TYPE =
            Pattern.compile("application/json\\s*(?:;\\s*charset\\s*=\\s*\"?utf-?8\"?\\s*)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern WEBHOOK = Pattern.compile("/api/(?:v2/)?alerts/?");

    private final int queryParameters;
    private final long mostBytes;

    RequestRules(int queryParameters, long mostBytes) {
        this.queryParameters = queryParameters;
        this.mostBytes = mostBytes;
    }

    /** What is wrong with the request's head, if anything is. */
    Optional<Problem> judge(HttpServerRequest request) {
        return version(request)
                .or(() -> method(request))
                .or(() -> target(request))
                .or(() -> host(request))
                .or(() -> transfer(request))
                .or(() -> body(request));
    }

    /** An unknown version is null. */
    private static Optional<Problem> version(HttpServerRequest request) {
        var version = request.version();
        return version == HttpVersion.HTTP_1_0 || version == HttpVersion.HTTP_1_1 || version == HttpVersion.HTTP_2
                ? Optional.empty()
                : problem(ErrorCode.VERSION_NOT_SUPPORTED, "Speak HTTP/1.1");
    }

    private static Optional<Problem> method(HttpServerRequest request) {
        return METHODS.contains(request.method().name())
                ? Optional.empty()
                : problem(ErrorCode.METHOD_NOT_ALLOWED, "That method is served nowhere here");
    }

    private Optional<Problem> target(HttpServerRequest request) {
        var uri = request.uri();
        if (!uri.startsWith("/")) {
            return malformed("The request target must be a path");
        }
        var query = uri.indexOf('?');
        var path = query < 0 ? uri : uri.substring(0, query);
        if (DOUBTFUL_PATH.matcher(path).find()) {
            return malformed("The path holds what could be read in two ways");
        }
        return query < 0 ? Optional.empty() : query(uri.substring(query + 1));
    }

    private Optional<Problem> query(String query) {
        if (KEY_IN_QUERY.matcher(query).find()) {
            return malformed("A key has no place in an address, where logs keep it: send it as a header");
        }
        return query.chars().filter(c -> c == '&').count() >= queryParameters
                ? malformed("More than " + queryParameters + " query parameters")
                : Optional.empty();
    }

    private static Optional<Problem> host(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_2
                        || request.headers().getAll("Host").size() == 1
                ? Optional.empty()
                : malformed("Send exactly one Host header");
    }

    private static Optional<Problem> transfer(HttpServerRequest request) {
        var encodings = request.headers().getAll("Transfer-Encoding");
        if (encodings.isEmpty()) {
            return request.headers().getAll("Content-Length").size() > 1
                    ? malformed("Send one Content-Length")
                    : Optional.empty();
        }
        var single = encodings.size() == 1
                && encodings.getFirst().strip().toLowerCase(Locale.ROOT).equals("chunked");
        return single
                        && request.version() == HttpVersion.HTTP_1_1
                        && !request.headers().contains("Content-Length")
                ? Optional.empty()
                : malformed("The only Transfer-Encoding understood is chunked, in HTTP/1.1 and without Content-Length");
    }

    private Optional<Problem> body(HttpServerRequest request) {
        if (request.headers().contains("Content-Encoding")) {
            return problem(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Send the body without Content-Encoding");
        }
        if (announced(request) > mostBytes) {
            return problem(ErrorCode.TOO_LARGE, "A body may have up to " + mostBytes + " bytes");
        }
        var types = request.headers().getAll("Content-Type");
        var wanted = hasBody(request) || isWebhook(request);
        return !wanted || isJson(types)
                ? Optional.empty()
                : problem(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Send Content-Type: application/json, in UTF-8");
    }

    private static boolean isJson(List<String> types) {
        return types.size() == 1 && JSON_TYPE.matcher(types.getFirst().strip()).matches();
    }

    private static boolean isWebhook(HttpServerRequest request) {
        return (request.method().name().equals("POST")
                        || request.method().name().equals("PUT"))
                && WEBHOOK.matcher(request.path()).matches();
    }

    static boolean hasBody(HttpServerRequest request) {
        return announced(request) > 0 || request.headers().contains("Transfer-Encoding");
    }

    /** Length of the body as far as it is told; 0 when it isn't. */
    static long announced(HttpServerRequest request) {
        var length = request.headers().get("Content-Length");
        if (length == null) {
            return 0;
        }
        try {
            return Long.parseLong(length.strip());
        } catch (NumberFormatException _) {
            return Long.MAX_VALUE;
        }
    }

    private static Optional<Problem> malformed(String detail) {
        return problem(ErrorCode.MALFORMED_REQUEST, detail);
    }

    private static Optional<Problem> problem(ErrorCode code, String detail) {
        return Optional.of(Problem.of(code, detail));
    }
}
