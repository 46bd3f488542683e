package io.infraai.simulators.alertmanager;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;

import io.infraai.simulators.http.HttpAnswer;
import io.infraai.simulators.http.HttpCall;
import io.infraai.simulators.http.HttpFault;
import io.infraai.simulators.http.LoopbackServer;

/** An Alertmanager on loopback: alerts that were set, and silences as they are made and ended. Thread-safe. */
public final class SimulatedAlertmanager implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SILENCE = "/api/v2/silence/";

    private final LoopbackServer server;
    private final InstantSource clock;
    private final List<Alert> alerts = new ArrayList<>();
    private final Map<String, Silence> silences = new LinkedHashMap<>();
    private int changes;

    private record Alert(Map<String, String> labels, Map<String, String> annotations, boolean inhibited) {}

    private SimulatedAlertmanager(int port, InstantSource clock) {
        this.clock = clock;
        this.server = LoopbackServer.start(port, this::answer);
    }

    /** @throws IllegalStateException when the port can't be had; 0 takes a free one */
    public static SimulatedAlertmanager start(int port) {
        return new SimulatedAlertmanager(port, InstantSource.system());
    }

    /** The base URL, without a trailing slash. */
    public String url() {
        return server.url();
    }

    public synchronized void alert(Map<String, String> labels, Map<String, String> annotations) {
        alerts.add(new Alert(labels, annotations, false));
    }

    public synchronized void inhibitedAlert(Map<String, String> labels) {
        alerts.add(new Alert(labels, Map.of(), true));
    }

    /** Somebody silences what has this label; tells the silence's id. */
    public synchronized String silence(String label, String value) {
        var silence = Silence.of(label, value, clock.instant());
        silences.put(silence.id(), silence);
        return silence.id();
    }

    /** Somebody ends a silence. */
    public synchronized void expire(String id) {
        silences.computeIfPresent(id, (_, silence) -> silence.ended(clock.instant()));
    }

    /** How many silences were made or ended through the API. */
    public synchronized int changes() {
        return changes;
    }

    /** The comments of all silences, ended ones included. */
    public synchronized List<String> comments() {
        return silences.values().stream().map(Silence::comment).toList();
    }

    /** The next call is struck. */
    public void inject(HttpFault fault) {
        server.inject(fault);
    }

    /** The next call that ends a silence is struck. */
    public void injectOnDelete(HttpFault fault) {
        server.inject(call -> call.method().equals("DELETE"), fault);
    }

    public List<HttpCall> calls() {
        return server.calls();
    }

    @Override
    public void close() {
        server.close();
    }

    private synchronized HttpAnswer answer(HttpCall call) {
        if (call.path().startsWith(SILENCE)) {
            return one(call, call.path().substring(SILENCE.length()));
        }
        return switch (call.method() + " " + call.path()) {
            case "GET /api/v2/alerts" -> listed(call);
            case "GET /api/v2/silences" -> HttpAnswer.json(200, all());
            case "POST /api/v2/silences" -> created(call.body());
            case "GET /-/ready" -> HttpAnswer.text(200, "OK");
            default -> HttpAnswer.text(404, "404 page not found\n");
        };
    }

    private HttpAnswer listed(HttpCall call) {
        var filters = call.all("filter").stream().map(LabelMatcher::parse).toList();
        if (filters.stream().anyMatch(Optional::isEmpty)) {
            return HttpAnswer.json(400, TextNode.valueOf("bad matcher format: " + call.all("filter")));
        }
        var listed = JsonNodeFactory.instance.arrayNode();
        for (var alert : alerts) {
            var silencedBy = silences.values().stream()
                    .filter(silence -> silence.isActive(clock.instant()) && silence.covers(alert.labels()))
                    .map(Silence::id)
                    .toList();
            var matches =
                    filters.stream().allMatch(filter -> filter.orElseThrow().matches(alert.labels()));
            if (matches && wanted(call, !silencedBy.isEmpty(), alert.inhibited())) {
                add(listed, alert, silencedBy);
            }
        }
        return HttpAnswer.json(200, listed);
    }

    private static boolean wanted(HttpCall call, boolean silenced, boolean inhibited) {
        return (asked(call, "silenced") || !silenced)
                && (asked(call, "inhibited") || !inhibited)
                && (asked(call, "active") || silenced || inhibited);
    }

    private static boolean asked(HttpCall call, String flag) {
        return call.parameter(flag).map(Boolean::parseBoolean).orElse(true);
    }

    private static void add(ArrayNode listed, Alert alert, List<String> silencedBy) {
        var node = listed.addObject();
        alert.labels().forEach(node.putObject("labels")::put);
        alert.annotations().forEach(node.putObject("annotations")::put);
        node.put("fingerprint", Integer.toHexString(alert.labels().hashCode()))
                .put("startsAt", "2026-01-01T00:00:00.000Z")
                .put("endsAt", "2026-01-01T00:05:00.000Z")
                .put("updatedAt", "2026-01-01T00:00:00.000Z")
                .put("generatorURL", "");
        node.putArray("receivers").addObject().put("name", "default");
        var status = node.putObject("status")
                .put("state", silencedBy.isEmpty() && !alert.inhibited() ? "active" : "suppressed");
        silencedBy.forEach(status.putArray("silencedBy")::add);
        var inhibitedBy = status.putArray("inhibitedBy");
        if (alert.inhibited()) {
            inhibitedBy.add("ffffffffffffffff");
        }
    }

    private HttpAnswer created(String body) {
        var sent = parsed(body);
        var silence = sent.flatMap(it -> Silence.sent(it, UUID.randomUUID().toString()));
        if (silence.isEmpty()) {
            return HttpAnswer.json(
                    400, TextNode.valueOf("silence invalid: at least one matcher and an end are needed"));
        }
        changes++;
        silences.put(silence.get().id(), silence.get());
        return HttpAnswer.json(
                200,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("silenceID", silence.get().id()));
    }

    private HttpAnswer one(HttpCall call, String id) {
        var silence = Optional.ofNullable(silences.get(id));
        if (silence.isEmpty()) {
            return HttpAnswer.empty(404);
        }
        return switch (call.method()) {
            case "GET" -> HttpAnswer.json(200, silence.get().json(clock.instant()));
            case "DELETE" -> ended(silence.get());
            default -> HttpAnswer.empty(405);
        };
    }

    private HttpAnswer ended(Silence silence) {
        if (!silence.isActive(clock.instant())) {
            return HttpAnswer.json(500, TextNode.valueOf("silence " + silence.id() + " already expired"));
        }
        changes++;
        silences.put(silence.id(), silence.ended(clock.instant()));
        return HttpAnswer.empty(200);
    }

    private ArrayNode all() {
        var all = JsonNodeFactory.instance.arrayNode();
        silences.values().forEach(silence -> all.add(silence.json(clock.instant())));
        return all;
    }

    private static Optional<JsonNode> parsed(String body) {
        try {
            return Optional.of(JSON.readTree(body));
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
    }
}
