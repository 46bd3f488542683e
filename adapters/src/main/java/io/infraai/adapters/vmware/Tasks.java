package io.infraai.adapters.vmware;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.smallrye.mutiny.Uni;

import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;

/** The server's tasks: what became of one that was started, and which ones a machine had. */
final class Tasks {

    /** How far a task is. */
    enum State {
        UNDER_WAY,
        SUCCEEDED,
        FAILED
    }

    /**
     * A task of a machine.
     *
     * @param fault the type of what it failed of; empty when it hasn't
     */
    record Known(State state, String fault) {}

    private static final int MOST = 50;

    private static final List<String> PATHS =
            List.of("info.state", "info.error", "info.descriptionId", "info.queueTime");

    private final Vim vim;
    private final VmwareCalls calls;

    Tasks(Vim vim, VmwareCalls calls) {
        this.vim = vim;
        this.calls = calls;
    }

    /**
     * @param operation that started it, for messages
     * @param done what to say when it has succeeded
     */
    Uni<ToolResult> ended(String task, String operation, String done, ToolContext context) {
        return calls.until(
                context,
                () -> said(vim.in(session -> new Collector(session).one("Task", task, PATHS)), operation, done),
                operation + " was started as " + task + ", and its end isn't known");
    }

    /** Those of a machine that began after a time, by what they do, such as {@code VirtualMachine.reset}; latest first. */
    static List<Known> since(VimSession session, String machine, String what, Instant begin) {
        var collector = new Collector(session);
        return collector.one(Machine.TYPE, machine, List.of("recentTask")).value("recentTask").stream()
                .flatMap(list -> list.children().stream())
                .limit(MOST)
                .flatMap(reference -> readable(collector, reference.text()).stream())
                // a lone host may put a prefix before it
                .filter(task -> task.text("info.descriptionId").endsWith(what))
                .filter(task -> !queued(task).isBefore(begin))
                .sorted(Comparator.comparing(Tasks::queued).reversed())
                .map(task -> new Known(state(task), fault(task)))
                .toList();
    }

    private static Optional<ToolResult> said(VimObject task, String operation, String done) {
        return switch (state(task)) {
            case UNDER_WAY -> Optional.empty();
            case SUCCEEDED -> Optional.of(new Done(done));
            case FAILED ->
                Optional.of(VimFailure.fault(fault(task), "", operation).failed());
        };
    }

    /** Old tasks are forgotten between two looks. */
    private static Optional<VimObject> readable(Collector collector, String id) {
        try {
            return Optional.of(collector.one("Task", id, PATHS));
        } catch (VimFailure e) {
            if (e.is("ManagedObjectNotFound")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static State state(VimObject task) {
        return switch (task.text("info.state")) {
            case "success" -> State.SUCCEEDED;
            case "error" -> State.FAILED;
            default -> State.UNDER_WAY;
        };
    }

    private static Instant queued(VimObject task) {
        return task.time("info.queueTime").orElse(Instant.EPOCH);
    }

    private static String fault(VimObject task) {
        return task.value("info.error")
                .flatMap(error -> error.child("fault"))
                .flatMap(Xml::type)
                .orElse("a fault without a type");
    }
}
