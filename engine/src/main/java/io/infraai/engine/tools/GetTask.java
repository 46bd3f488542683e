package io.infraai.engine.tools;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;

import io.infraai.contracts.remediation.Task;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.Parameter;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.contracts.tool.ToolSpec;
import io.infraai.persistence.task.TaskQueries;

@ApplicationScoped
class GetTask implements Tool.Reading<GetTask.Parameters> {

    record Parameters(
            @Parameter(value = "The task's number", min = 1) long taskId) {}

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "get_task",
            "Shows one of InfraAI's tasks with its journal and its outcome",
            Parameters.class,
            Risk.READS,
            "",
            Duration.ofSeconds(10));

    private final TaskQueries tasks;
    private final ObjectMapper json;

    GetTask(TaskQueries tasks, ObjectMapper json) {
        this.tasks = tasks;
        this.json = json;
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Uni<ToolResult> read(Parameters parameters, ToolContext context) {
        return tasks.byId(context.tenant(), parameters.taskId())
                .map(found -> found.map(this::told)
                        .orElseGet(() ->
                                new Failed(FailureReason.TARGET_NOT_FOUND, "There is no task " + parameters.taskId())));
    }

    private ToolResult told(Task task) {
        var reason = task.reason() == null ? "" : ": " + task.reason();
        return new Done(
                "Task " + task.id() + ", " + task.tool() + " on " + task.target() + ", is "
                        + task.state().wire().replace('_', ' ') + reason,
                json.valueToTree(task));
    }
}
