package io.infraai.simulators.vcenter;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** Every call in the order of arrival, the oldest dropped when there are too many: the oracle of tests. Thread-safe. */
public final class CallLog {

    private static final int CAPACITY = 100_000;

    private final Deque<OpenCall> calls = new ArrayDeque<>();
    private long arrived;

    CallLog() {}

    synchronized OpenCall open(String operation, String object, @Nullable String userAgent) {
        arrived++;
        var call = new OpenCall(arrived, operation, object, userAgent);
        calls.addLast(call);
        if (calls.size() > CAPACITY) {
            calls.removeFirst();
        }
        return call;
    }

    public List<Call> all() {
        return copy().stream().map(OpenCall::snapshot).toList();
    }

    public List<Call> of(String operation) {
        return all().stream().filter(call -> call.operation().equals(operation)).toList();
    }

    /** What all calls changed, in order. */
    public List<Effect> effects() {
        return all().stream().flatMap(call -> call.effects().stream()).toList();
    }

    /** Forgets all calls; the numbers go on. */
    public synchronized void clear() {
        calls.clear();
    }

    private synchronized List<OpenCall> copy() {
        return List.copyOf(calls);
    }
}
