package io.infraai.simulators.vcenter;

import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** A task of the server. */
final class Job implements Managed {

    private final String id;
    private final String what;
    private final Machine machine;
    private final Instant queued;
    private String state = "running";
    private String error = "";
    private @Nullable Property result;

    Job(String id, String what, Machine machine, Instant queued) {
        this.id = id;
        this.what = what;
        this.machine = machine;
        this.queued = queued;
    }

    @Override
    public String type() {
        return "Task";
    }

    @Override
    public String id() {
        return id;
    }

    boolean running() {
        return state.equals("running");
    }

    void succeed(@Nullable Property newResult) {
        state = "success";
        result = newResult;
    }

    void fail(SoapFault fault) {
        state = "error";
        error = fault.type();
    }

    @Override
    public Property.Sheet sheet() {
        var fault = "<fault xsi:type=\"%s\"></fault><localizedMessage></localizedMessage>".formatted(error);
        return new Property.Sheet()
                .with("info.state", Property.word("TaskInfoState", state))
                .with("info.descriptionId", Property.text(what))
                .with("info.entity", Property.reference(machine.type(), machine.id()))
                .withTime("info.queueTime", queued)
                .with(
                        "info.error",
                        error.isEmpty() ? Optional.empty() : Optional.of(new Property("LocalizedMethodFault", fault)))
                .with("info.result", Optional.ofNullable(result));
    }
}
