package io.infraai.simulators.vcenter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** A call being recorded; thread-safe. */
final class OpenCall {

    private static final Pattern TASK = Pattern.compile("infraai-task/([A-Za-z0-9-]+)");

    private final long number;
    private final String operation;
    private final String object;
    private final String task;
    private final List<Effect> effects = new ArrayList<>(1);
    private int status;
    private String fault = "";
    private @Nullable FaultKind struck;

    OpenCall(long number, String operation, String object, @Nullable String userAgent) {
        this.number = number;
        this.operation = operation;
        this.object = object;
        var named = TASK.matcher(userAgent == null ? "" : userAgent);
        this.task = named.find() ? named.group(1) : "";
    }

    synchronized void struck(FaultKind kind) {
        struck = kind;
    }

    synchronized void changed(Effect.What what, String id) {
        effects.add(new Effect(what, id));
    }

    synchronized void refused(String type) {
        fault = type;
    }

    synchronized void answered(int newStatus) {
        status = newStatus;
    }

    synchronized Call snapshot() {
        return new Call(number, operation, object, task, status, fault, Optional.ofNullable(struck), effects);
    }
}
