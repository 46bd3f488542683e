package io.infraai.simulators.kubernetes;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Lists, put together from what each object serialized to once. */
final class Listing {

    private static final String TOO_OLD =
            "The provided continue parameter is too old to display a consistent list result."
                    + " You can start a new list without the continue parameter.";

    private Listing() {}

    static List<Stored> matching(ObjectStore store, ApiRequest request) {
        var target = request.target();
        var labels = request.labelSelector();
        var fields = request.fieldSelector();
        var found = new ArrayList<Stored>();
        for (var object : store.list(target.kind(), scope(target))) {
            if (labels.matches(object.labels()) && fields.matches(object)) {
                found.add(object);
            }
        }
        return found;
    }

    static Answer list(ObjectStore store, ApiRequest request) {
        exactVersionIsKept(store, request);
        var all = matching(store, request);
        var after = afterContinue(store, request.parameter("continue"));
        var rest = after == null
                ? all
                : all.stream()
                        .filter(object -> position(object).compareTo(after) > 0)
                        .toList();
        var limit = request.parameter("limit");
        int shown = limit.matches("[1-9]\\d{0,8}") ? Math.min(Integer.parseInt(limit), rest.size()) : rest.size();
        var kind = request.target().kind();
        var metadata = Json.object().put("resourceVersion", Long.toString(store.version()));
        if (shown < rest.size()) {
            metadata.put("continue", token(store.version(), rest.get(shown - 1)));
            metadata.put("remainingItemCount", rest.size() - shown);
        }
        var body = Buffer.buffer(256 + 1_536 * shown)
                .appendString("{\"kind\":\"" + kind.kind() + "List\",\"apiVersion\":\"" + kind.apiVersion()
                        + "\",\"metadata\":")
                .appendBytes(Json.bytes(metadata))
                .appendString(",\"items\":[");
        for (int i = 0; i < shown; i++) {
            if (i > 0) {
                body.appendByte((byte) ',');
            }
            body.appendBytes(rest.get(i).bytes());
        }
        return new Answer(200, "application/json", body.appendString("]}"), Map.of());
    }

    static @Nullable String scope(Target target) {
        return target.kind().namespaced() && target.namespace().isEmpty() ? null : target.namespace();
    }

    private static void exactVersionIsKept(ObjectStore store, ApiRequest request) {
        var version = request.parameter("resourceVersion");
        if (request.parameter("resourceVersionMatch").equals("Exact")
                && version.matches("\\d{1,18}")
                && Long.parseLong(version) < store.compacted()) {
            throw ApiFailure.expired("The resourceVersion for the provided list is too old.");
        }
    }

    private static @Nullable String afterContinue(ObjectStore store, String token) {
        if (token.isEmpty()) {
            return null;
        }
        String[] parts;
        try {
            parts = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8).split(":", 2);
        } catch (IllegalArgumentException malformed) {
            throw ApiFailure.badRequest("continue key is not valid: " + malformed.getMessage());
        }
        if (parts.length < 2 || !parts[0].matches("\\d{1,18}")) {
            throw ApiFailure.badRequest("continue key is not valid");
        }
        if (Long.parseLong(parts[0]) < store.compacted()) {
            throw ApiFailure.expired(TOO_OLD);
        }
        return parts[1];
    }

    private static String token(long version, Stored last) {
        var text = version + ":" + position(last);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String position(Stored object) {
        // a character below all that names contain keeps the order of namespace, then name
        return object.key().namespace() + "\u0001" + object.key().name();
    }
}
