package io.infraai.engine.tools;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

import io.infraai.adapters.tool.ToolOutput;
import io.infraai.adapters.tool.ToolSource;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolDescription;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.policies.ActionPlanner;
import io.infraai.policies.Planned;
import io.infraai.policies.PlannedAction;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

/** The reading tools by name. What changes something isn't known here, so it can't be called by mistake. */
@ApplicationScoped
class ReadOnlyTools {

    private static final Logger LOG = Logger.getLogger(ReadOnlyTools.class);

    private final Map<String, Tool.Reading<?>> byName;
    private final List<ToolSource> sources;
    private final ToolOutput output;
    private final ObjectMapper json;
    private final ActionPlanner planner;

    ReadOnlyTools(
            @All List<Tool.Reading<?>> tools, @All List<ToolSource> sources, ToolOutput output, ObjectMapper json) {
        this.output = output;
        this.byName =
                tools.stream().collect(toUnmodifiableMap(tool -> tool.spec().name(), identity()));
        this.sources = List.copyOf(sources);
        this.json = json.copy()
                .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        // nothing is protected from being looked at
        this.planner = new ActionPlanner(name -> find(name).map(ToolDescription::of), Set.of());
    }

    List<ToolDescription> descriptions() {
        var later = sources.stream().flatMap(source -> source.tools().stream()).filter(Tool.Reading.class::isInstance);
        return Stream.<Tool<?>>concat(byName.values().stream(), later)
                .map(ToolDescription::of)
                .toList();
    }

    /** Fails never. */
    Uni<ToolResult> call(String name, JsonNode arguments, ToolContext context) {
        return find(name)
                .map(tool -> checked(tool, arguments, context))
                .orElseGet(() -> failed(FailureReason.INVALID_PARAMETERS, "There is no reading tool named " + name))
                .chain(result -> output.of(context.tenant(), name, result));
    }

    /**
     * Calls what was planned already: it is checked once more only if the tool was planned by another description than the one
     * it has here, as an engine of another version may have told it. Fails never.
     */
    Uni<ToolResult> call(PlannedAction action, ToolContext context) {
        var own = find(action.tool().name())
                .filter(tool -> tool.spec().inputSchema().equals(action.tool().inputSchema()));
        return own.map(tool -> guarded(tool, () -> call(tool, action.params(), context))
                        .chain(result ->
                                output.of(context.tenant(), action.tool().name(), result)))
                .orElseGet(() -> call(action.tool().name(), action.params(), context));
    }

    private Uni<ToolResult> checked(Tool.Reading<?> tool, JsonNode arguments, ToolContext context) {
        return guarded(
                tool,
                () -> arguments instanceof ObjectNode given
                        ? planned(tool, given, context)
                        : failed(FailureReason.INVALID_PARAMETERS, "The arguments must be an object"));
    }

    private static Uni<ToolResult> guarded(Tool.Reading<?> tool, Supplier<Uni<? extends ToolResult>> call) {
        return Uni.createFrom().deferred(call).onFailure().recoverWithItem(bug -> internal(tool, bug));
    }

    private Uni<ToolResult> planned(Tool.Reading<?> tool, ObjectNode arguments, ToolContext context) {
        return switch (planner.plan(tool.spec().name(), arguments)) {
            case Planned.Ready _ -> call(tool, arguments, context);
            case Planned.Refused(var _, var reason) -> failed(FailureReason.INVALID_PARAMETERS, reason);
        };
    }

    private Optional<Tool.Reading<?>> find(String name) {
        var own = byName.get(name);
        return own != null
                ? Optional.of(own)
                : sources.stream()
                        .flatMap(source -> source.find(name).stream())
                        .filter(Tool.Reading.class::isInstance)
                        .<Tool.Reading<?>>map(tool -> (Tool.Reading<?>) tool)
                        .findFirst();
    }

    private <P extends Record> Uni<ToolResult> call(Tool.Reading<P> tool, JsonNode arguments, ToolContext context) {
        var limit = tool.spec().timeout();
        return parameters(tool, arguments)
                .map(parameters -> Uni.createFrom()
                        .deferred(() -> tool.read(parameters, context))
                        .ifNoItem()
                        .after(limit)
                        .recoverWithItem(
                                new Failed(FailureReason.TIMED_OUT, "No answer within " + limit.toSeconds() + " s")))
                .orElseGet(() -> failed(
                        FailureReason.INVALID_PARAMETERS,
                        "The arguments don't fit " + tool.spec().name()));
    }

    private <P extends Record> Optional<P> parameters(Tool.Reading<P> tool, JsonNode arguments) {
        try {
            return Optional.of(json.treeToValue(arguments, tool.spec().parameters()));
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
    }

    private static ToolResult internal(Tool.Reading<?> tool, Throwable bug) {
        LOG.errorf(bug, "The tool %s hit a bug", tool.spec().name());
        return new Failed(FailureReason.TIMED_OUT, "Internal error, see the engine's log");
    }

    private static Uni<ToolResult> failed(FailureReason reason, String message) {
        return Uni.createFrom().item(new Failed(reason, message));
    }
}
