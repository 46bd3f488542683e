package io.infraai.engine.tools;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.remediation.Task;
import io.infraai.contracts.remediation.TaskState;
import io.infraai.contracts.tool.Parameter;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolSpec;
import io.infraai.persistence.task.TaskQueries;
import io.infraai.persistence.task.TaskQueries.Filter;

@ApplicationScoped
class ListTasks implements Tool.Reading<ListTasks.Parameters> {

    record Parameters(
            @Parameter(
                    value = "Only tasks in this state",
                    pattern = "^(awaiting_approval|held|queued|running|done|failed|in_doubt|dead|expired|cancelled)$",
                    optional = true)
            @Nullable
            String state) {}

    private static final int SHOWN = 50;

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "list_tasks",
            "Lists InfraAI's tasks, newest first: what was or is to be changed, who asked for it, and its state",
            Parameters.class,
            Risk.READS,
            "",
            Duration.ofSeconds(10));

    private final TaskQueries tasks;
    private final ObjectMapper json;

    ListTasks(TaskQueries tasks, ObjectMapper json) {
        this.tasks = tasks;
        this.json = json;
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Uni<ToolResult> read(Parameters parameters, ToolContext context) {
        var states = parameters.state() == null ? Set.<TaskState>of() : Set.of(TaskState.of(parameters.state()));
        return tasks.find(context.tenant(), new Filter(states, Set.of(), null, OptionalLong.empty(), SHOWN + 1))
                .map(this::told);
    }

    private ToolResult told(List<Task> found) {
        var detail = JsonNodeFactory.instance.objectNode().put("truncated", found.size() > SHOWN);
        var shown = detail.putArray("tasks");
        found.stream()
                .limit(SHOWN)
                .map(json::<ObjectNode>valueToTree)
                .forEach(task -> shown.add(task.without(List.of("journal", "uid", "crashes", "intent"))));
        var count = found.size() > SHOWN ? "More than " + SHOWN : "" + found.size();
        return new Done(count + (found.size() == 1 ? " task" : " tasks"), detail);
    }
}
