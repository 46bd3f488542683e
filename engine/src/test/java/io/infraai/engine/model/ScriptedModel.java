package io.infraai.engine.model;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import io.infraai.contracts.chat.Usage;
import io.infraai.engine.model.ModelEvent.Answered;
import io.infraai.engine.model.ModelEvent.Failed;
import io.infraai.engine.model.ModelEvent.Text;

/** A model that says what a test wants it to say, in this process and at once. Keeps what it was asked. Thread-safe. */
public final class ScriptedModel implements ModelTurns {

    private static final Usage USAGE = new Usage(11, 7, 5);

    private final Function<ModelRequest, Multi<ModelEvent>> script;
    private final Queue<ModelRequest> requests = new ConcurrentLinkedQueue<>();

    private ScriptedModel(Function<ModelRequest, Multi<ModelEvent>> script) {
        this.script = script;
    }

    /** Answers in this order; a request beyond the last one is a test's mistake. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static ScriptedModel of(List<ModelEvent>... turns) {
        var left = new ArrayDeque<>(List.of(turns));
        return by(_ -> {
            synchronized (left) {
                return left.remove();
            }
        });
    }

    public static ScriptedModel by(Function<ModelRequest, List<ModelEvent>> script) {
        return new ScriptedModel(request -> Multi.createFrom().iterable(script.apply(request)));
    }

    /** Takes every question and answers none. */
    public static ScriptedModel silent() {
        return new ScriptedModel(_ -> Multi.createFrom().nothing());
    }

    /** Gives each event so long after the one before it. */
    public ScriptedModel every(Duration pause) {
        return new ScriptedModel(request -> script.apply(request)
                .onItem()
                .call(_ -> Uni.createFrom().voidItem().onItem().delayIt().by(pause)));
    }

    public static List<ModelEvent> says(String... deltas) {
        var events = new ArrayList<ModelEvent>();
        for (var delta : deltas) {
            events.add(new Text(delta));
        }
        events.add(new Answered("scripted", AiMessage.from(String.join("", deltas)), USAGE));
        return List.copyOf(events);
    }

    public static List<ModelEvent> calls(ToolExecutionRequest... tools) {
        return List.of(new Answered("scripted", AiMessage.from(List.of(tools)), USAGE));
    }

    /** A call whose arguments are sent as they are. */
    public static ToolExecutionRequest call(String id, String tool, String arguments) {
        return ToolExecutionRequest.builder()
                .id(id)
                .name(tool)
                .arguments(arguments)
                .build();
    }

    public static List<ModelEvent> fails(ModelFailure reason, String message) {
        return List.of(new Failed(reason, message));
    }

    @Override
    public Multi<ModelEvent> ask(ModelRequest request) {
        return Multi.createFrom().deferred(() -> {
            requests.add(request);
            return script.apply(request);
        });
    }

    public List<ModelRequest> requests() {
        return new ArrayList<>(requests);
    }
}
