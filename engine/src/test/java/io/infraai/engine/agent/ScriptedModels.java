package io.infraai.engine.agent;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import io.smallrye.mutiny.Multi;

import io.infraai.contracts.chat.Usage;
import io.infraai.engine.model.ModelEvent;
import io.infraai.engine.model.ModelEvent.Answered;
import io.infraai.engine.model.ModelFailure;
import io.infraai.engine.model.ModelRequest;
import io.infraai.engine.model.ModelTurns;

/** Answers each conversation by the script that its last message names. */
@Alternative
@Priority(1)
@ApplicationScoped
class ScriptedModels implements ModelTurns {

    static final Usage USED = new Usage(100, 20, 50);

    private final Map<String, Function<ModelRequest, Multi<ModelEvent>>> scripts = new ConcurrentHashMap<>();
    private final Map<String, List<ModelRequest>> requests = new ConcurrentHashMap<>();

    void script(String message, Function<ModelRequest, Multi<ModelEvent>> answer) {
        scripts.put(message, answer);
    }

    List<ModelRequest> requests(String message) {
        return requests.getOrDefault(message, List.of());
    }

    @Override
    public Multi<ModelEvent> ask(ModelRequest request) {
        var asked = request.messages().stream()
                .filter(UserMessage.class::isInstance)
                .map(message -> ((UserMessage) message).singleText())
                .reduce((_, last) -> last)
                .orElseThrow();
        requests.computeIfAbsent(asked, _ -> new CopyOnWriteArrayList<>()).add(request);
        var script = scripts.get(asked);
        return script == null
                ? Multi.createFrom().item(new ModelEvent.Failed(ModelFailure.NOT_CONFIGURED, "No script"))
                : script.apply(request);
    }

    static Multi<ModelEvent> says(String... pieces) {
        var text = String.join("", pieces);
        return Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().items(pieces).map(ModelEvent.Text::new),
                        Multi.createFrom().item(new Answered("scripted", AiMessage.from(text), USED)));
    }

    static Multi<ModelEvent> wants(ToolExecutionRequest... calls) {
        return Multi.createFrom().item(new Answered("scripted", AiMessage.from(List.of(calls)), USED));
    }

    static ToolExecutionRequest call(String tool, String arguments) {
        return ToolExecutionRequest.builder()
                .id("x")
                .name(tool)
                .arguments(arguments)
                .build();
    }

    static List<String> results(ModelRequest request) {
        return request.messages().stream()
                .filter(ToolExecutionResultMessage.class::isInstance)
                .map(ScriptedModels::text)
                .toList();
    }

    private static String text(ChatMessage message) {
        return ((ToolExecutionResultMessage) message).text();
    }
}
