package io.infraai.simulators.kubernetes;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.vertx.core.http.HttpServerRequest;

/** Every API call, in the order of arrival, the oldest dropped when there are too many. Thread-safe. */
public final class CallLog {

    private final int capacity;
    private final Deque<OpenCall> calls = new ArrayDeque<>();
    private long arrived;

    CallLog(int capacity) {
        this.capacity = capacity;
    }

    synchronized OpenCall open(Instant start, String verb, HttpServerRequest request) {
        arrived++;
        var call = new OpenCall(arrived, start, verb, request);
        calls.addLast(call);
        if (calls.size() > capacity) {
            calls.removeFirst();
        }
        return call;
    }

    /** All calls that are kept, the open ones included. */
    public List<Call> all() {
        return copy().stream().map(OpenCall::snapshot).toList();
    }

    /** The calls made for a task. */
    public List<Call> of(String task) {
        return all().stream().filter(call -> task.equals(call.task())).toList();
    }

    /** The calls that changed something. */
    public List<Call> effects() {
        return all().stream().filter(Call::effect).toList();
    }

    /** The calls that made a change of this kind, by the name of what they changed, each as often as it did. */
    public Map<String, List<Call>> effects(Effect.What what) {
        return effects().stream()
                .flatMap(call -> call.effects().stream()
                        .filter(effect -> effect.what() == what)
                        .map(effect -> Map.entry(effect.name(), call)))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    /** What the calls made for a task changed. */
    public List<Effect> effectsOf(String task) {
        return of(task).stream().flatMap(call -> call.effects().stream()).toList();
    }

    /** The calls that deleted or evicted the pod of this UID; more than one would be a fault of the simulator. */
    public List<Call> deletionsOf(String podUid) {
        return effects().stream()
                .filter(call -> call.effects().stream()
                        .anyMatch(effect -> effect.what() == Effect.What.POD_DELETED
                                && effect.uid().equals(podUid)))
                .toList();
    }

    /** The latest call. */
    public Optional<Call> last() {
        synchronized (this) {
            return Optional.ofNullable(calls.peekLast()).map(OpenCall::snapshot);
        }
    }

    /** How many calls arrived since the start, dropped and cleared ones included. */
    public synchronized long arrived() {
        return arrived;
    }

    /** Forgets all calls; the numbers go on. */
    public synchronized void clear() {
        calls.clear();
    }

    private synchronized List<OpenCall> copy() {
        return List.copyOf(calls);
    }
}
