package io.infraai.simulators.kubernetes;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/** Writes Event objects; the oldest go when there are too many. */
final class EventRecorder {

    private static final int KEPT = 2_000;

    private final ObjectStore store;
    private final Identities identities;
    private final InstantSource clock;
    private final Deque<ObjectKey> recorded = new ArrayDeque<>();
    private long count;

    EventRecorder(ObjectStore store, Identities identities, InstantSource clock) {
        this.store = store;
        this.identities = identities;
        this.clock = clock;
    }

    void normal(Stored about, String component, String reason, String message) {
        record(about, component, "Normal", reason, message);
    }

    void warning(Stored about, String component, String reason, String message) {
        record(about, component, "Warning", reason, message);
    }

    private void record(Stored about, String component, String type, String reason, String message) {
        count++;
        var key = about.key();
        var now = Json.time(clock.instant());
        var event = Json.object().put("kind", "Event").put("apiVersion", "v1");
        event.putObject("metadata")
                .put("name", "%s.%016x".formatted(key.name(), count))
                .put("namespace", key.namespace())
                .put("uid", identities.uid())
                .put("creationTimestamp", now);
        event.putObject("involvedObject")
                .put("kind", key.kind().kind())
                .put("namespace", key.namespace())
                .put("name", key.name())
                .put("uid", about.uid())
                .put("apiVersion", key.kind().apiVersion())
                .put("resourceVersion", Long.toString(about.version()));
        event.put("reason", reason).put("message", message).put("type", type).put("count", 1);
        event.put("firstTimestamp", now).put("lastTimestamp", now);
        event.putObject("source").put("component", component);
        event.put("reportingComponent", component).put("reportingInstance", "");
        recorded.addLast(store.put(ResourceKind.EVENT, event).key());
        if (recorded.size() > KEPT) {
            store.remove(recorded.removeFirst());
        }
    }
}
