package io.infraai.simulators.kubernetes;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Tells watchers what changes, in order and without gaps. */
final class Watches {

    /** Where a watcher's events go; called under the cluster's lock, so it only hands over. */
    interface Sink {

        void send(Buffer event);

        void end();
    }

    private record Watcher(Target target, Selector labels, FieldSelector fields, Sink sink) {

        boolean sees(@Nullable Stored object) {
            return object != null
                    && object.key().kind() == target.kind()
                    && (target.namespace().isEmpty() || object.key().namespace().equals(target.namespace()))
                    && (target.name().isEmpty() || object.key().name().equals(target.name()))
                    && labels.matches(object.labels())
                    && fields.matches(object);
        }

        void tell(Change change) {
            var before = change.before();
            var after = change.after();
            if (after != null && sees(after)) {
                sink.send(event(sees(before) ? "MODIFIED" : "ADDED", after.bytes()));
            } else if (before != null && sees(before)) {
                var gone = before.draft();
                Json.child(gone, "metadata").put("resourceVersion", Long.toString(change.version()));
                sink.send(event("DELETED", Json.bytes(gone)));
            }
        }
    }

    private final ObjectStore store;
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();

    Watches(ObjectStore store) {
        this.store = store;
        store.listen(change -> watchers.forEach(watcher -> watcher.tell(change)));
    }

    /**
     * Starts to tell, beginning with what is there or with the changes after the version asked for.
     *
     * @return ends it
     */
    Runnable open(ApiRequest request, Sink sink) {
        var watcher = new Watcher(request.target(), request.labelSelector(), request.fieldSelector(), sink);
        var asked = request.parameter("resourceVersion");
        if (asked.isEmpty() || asked.equals("0")) {
            for (var object : store.list(request.target().kind(), Listing.scope(request.target()))) {
                if (watcher.sees(object)) {
                    sink.send(event("ADDED", object.bytes()));
                }
            }
        } else if (!asked.matches("\\d{1,18}")) {
            throw ApiFailure.badRequest("Invalid value: \"" + asked + "\": strconv.ParseUint: parsing: invalid syntax");
        } else if (Long.parseLong(asked) < store.compacted()) {
            var expired = ApiFailure.expired("too old resource version: %s (%d)".formatted(asked, store.compacted()));
            sink.send(event("ERROR", Json.bytes(expired.status())));
            sink.end();
            return () -> {};
        } else {
            store.since(Long.parseLong(asked)).forEach(watcher::tell);
        }
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    private static Buffer event(String type, byte[] object) {
        return Buffer.buffer(object.length + 40)
                .appendString("{\"type\":\"" + type + "\",\"object\":")
                .appendBytes(object)
                .appendString("}\n");
    }
}
