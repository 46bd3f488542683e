package io.infraai.gateway.tools;

import java.net.URI;

import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import io.infraai.contracts.remediation.TaskState;
import io.infraai.contracts.tool.ToolDescription;
import io.infraai.contracts.tool.ToolResult;

/** What came of calling a tool. */
public sealed interface ToolOutcome {

    /** It only looks, and this is what it says. */
    record Answered(ToolDescription tool, ToolResult result) implements ToolOutcome {}

    /** It changes something, and this task will. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Accepted(long taskId, String taskUrl, TaskState state) implements ToolOutcome {

        static Accepted of(long id, TaskState state) {
            return new Accepted(id, "/api/tasks/" + id, state);
        }

        public Response response() {
            return Response.accepted(this)
                    .header("Location", URI.create(taskUrl))
                    .build();
        }
    }
}
