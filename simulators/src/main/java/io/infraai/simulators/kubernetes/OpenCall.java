package io.infraai.simulators.kubernetes;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** A call being recorded; thread-safe. */
final class OpenCall {

    private static final Pattern TASK = Pattern.compile("infraai-task[/-]([A-Za-z0-9-]+)");
    private static final Pattern FENCE = Pattern.compile("infraai-fence[/-](\\d{1,18})");

    private final long number;
    private final Instant start;
    private final String verb;
    private final String path;
    private final String userAgent;
    private final String fieldManager;
    private final @Nullable String task;
    private final @Nullable Long fence;
    private final List<Effect> effects = new ArrayList<>(1);
    private @Nullable String preconditionUid;
    private @Nullable String preconditionVersion;
    private @Nullable Instant end;
    private @Nullable FaultKind fault;
    private int status;

    OpenCall(long number, Instant start, String verb, HttpServerRequest request) {
        this.number = number;
        this.start = start;
        this.verb = verb;
        path = request.path();
        userAgent = Optional.ofNullable(request.getHeader("User-Agent")).orElse("");
        fieldManager = Optional.ofNullable(request.getParam("fieldManager")).orElse("");
        task = found(TASK, userAgent)
                .or(() -> found(TASK, fieldManager))
                .or(() -> Optional.ofNullable(request.getHeader("Infraai-Task")))
                .orElse(null);
        fence = found(FENCE, userAgent)
                .or(() -> Optional.ofNullable(request.getHeader("Infraai-Fence"))
                        .filter(header -> header.matches("\\d{1,18}")))
                .map(Long::valueOf)
                .orElse(null);
    }

    /** Remembers what the caller made the call depend on. */
    synchronized void preconditions(JsonNode uid, JsonNode version) {
        preconditionUid = uid.isTextual() ? uid.asText() : null;
        preconditionVersion = version.isTextual() ? version.asText() : null;
    }

    synchronized void changed(Effect effect) {
        effects.add(effect);
    }

    synchronized void struck(FaultKind by) {
        fault = by;
    }

    synchronized void close(Instant at, int answered) {
        if (end == null) {
            end = at;
            status = answered;
        }
    }

    synchronized Call snapshot() {
        return new Call(
                number,
                start,
                end,
                verb,
                path,
                userAgent,
                fieldManager,
                task,
                fence,
                preconditionUid,
                preconditionVersion,
                status,
                fault,
                effects);
    }

    private static Optional<String> found(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
