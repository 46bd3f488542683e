package io.infraai.engine.agent;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import io.smallrye.mutiny.Uni;

import io.infraai.contracts.chat.NumberedReply;
import io.infraai.contracts.chat.ReplyEvent;
import io.infraai.contracts.chat.ReplyEvent.Reasoned;
import io.infraai.contracts.chat.ToolRequest;
import io.infraai.contracts.chat.TurnFailure;
import io.infraai.contracts.chat.Usage;
import io.infraai.contracts.tool.ToolDescription;
import io.infraai.engine.model.ModelEvent;
import io.infraai.engine.model.ModelEvent.Answered;
import io.infraai.engine.model.ModelEvent.Failed;
import io.infraai.engine.model.ModelEvent.Text;
import io.infraai.engine.model.ModelFailure;
import io.infraai.engine.model.ModelRequest;
import io.infraai.engine.model.ModelTurns;
import io.infraai.engine.prompt.Memory;
import io.infraai.engine.prompt.Prompt;
import io.infraai.engine.prompt.SafeReply;
import io.infraai.engine.reply.DeltaBatcher;
import io.infraai.engine.selection.ToolSelection;
import io.infraai.engine.tools.GuardedTools;
import io.infraai.engine.untrusted.Quotes;
import io.infraai.persistence.catalog.Catalogue;
import io.infraai.persistence.conversation.ClaimedTurn;
import io.infraai.persistence.conversation.TurnExecution;

/** Asks a model for the next step of a turn. */
@ApplicationScoped
class Reasoning {

    /** Of one answer: more at once is a model that has lost its way. */
    private static final int MOST_CALLS = 32;

    private final ModelTurns models;
    private final ToolSelection selection = new ToolSelection();
    private final GuardedTools tools;
    private final TurnExecution turns;
    private final AgentConfig config;
    private final ObjectMapper json;
    private final Clock clock;
    private volatile Specifications specifications = new Specifications(Catalogue.EMPTY);

    /** What models are told of the tools of a catalogue: made once for all turns, since it is long. */
    private static final class Specifications {

        private final Catalogue known;
        private final Map<String, ToolSpecification> made = new ConcurrentHashMap<>();

        Specifications(Catalogue known) {
            this.known = known;
        }

        ToolSpecification of(ToolDescription tool) {
            return made.computeIfAbsent(tool.name(), _ -> OfferedTool.of(tool));
        }
    }

    Reasoning(
            ModelTurns models,
            GuardedTools tools,
            TurnExecution turns,
            AgentConfig config,
            ObjectMapper json,
            Clock clock) {
        this.models = models;
        this.tools = tools;
        this.turns = turns;
        this.config = config;
        this.json = json;
        this.clock = clock;
    }

    Uni<Thought> think(Work work, boolean mayCall) {
        return overQuota(work.journal().standing().spentToday())
                ? Uni.createFrom().item(quotaUsedUp())
                : tools.catalogue().chain(known -> ask(work, mayCall ? offered(work, known) : List.of()));
    }

    private boolean overQuota(Usage spent) {
        return spent.tokens() >= config.tokensADay() || spent.costMicros() >= micros(config.costADay());
    }

    static long micros(double money) {
        return Math.round(money * 1_000_000);
    }

    private static Thought quotaUsedUp() {
        return new Thought.Nothing(
                TurnFailure.QUOTA_EXHAUSTED,
                "Your tokens for today are used up. They are counted anew at midnight UTC; an admin can raise "
                        + "infraai.agent.tokens-a-day or infraai.agent.cost-a-day.",
                false);
    }

    private Uni<Thought> ask(Work work, List<ToolSpecification> offered) {
        var turn = work.turn();
        var memory = Memory.of(turn.summary(), turn.earlier(), config.memory());
        var quotes = Prompt.quotes(turn.turnId(), memory, work.progress());
        var messages = Prompt.of(turn.turnId(), turn.message(), memory, work.progress(), clock.instant());
        var request = new ModelRequest(messages, offered, work.deadline()).in(work.trace());
        return remembered(work, memory)
                .chain(() -> DeltaBatcher.tell(models.ask(request), work.journal(), turn.message(), quotes))
                .map(last -> last.map(event -> thought(work, quotes, event)).orElseGet(Reasoning::unusable));
    }

    /** Once a turn: what came before it doesn't change with its steps. */
    private Uni<Void> remembered(Work work, Memory memory) {
        return memory.grew() && work.progress().rounds().isEmpty()
                ? turns.summarise(work.turn(), memory.summary(), memory.upTo())
                : Uni.createFrom().voidItem();
    }

    private Thought thought(Work work, Quotes quotes, ModelEvent last) {
        return switch (last) {
            case Answered(var model, var message, var usage) -> answered(work, quotes, model, message, usage);
            case Failed(var reason, var message) ->
                new Thought.Nothing(TurnFailure.MODEL_UNAVAILABLE, message, reason == ModelFailure.UNUSABLE_ANSWER);
            case Text _ -> unusable();
        };
    }

    private static Thought unusable() {
        return new Thought.Nothing(TurnFailure.MODEL_CONFUSED, "The model's answer broke off. Ask again.", true);
    }

    private Thought answered(Work work, Quotes quotes, String model, AiMessage message, Usage usage) {
        var asked = work.turn().message();
        var text = SafeReply.of(message.text() == null ? "" : message.text(), asked, quotes);
        if (!message.hasToolExecutionRequests()) {
            return new Thought.Says(text, model, usage);
        }
        var round = work.progress().rounds().size() + 1;
        var wanted = message.toolExecutionRequests();
        var calls = new ArrayList<ToolRequest>();
        for (var i = 0; i < Math.min(wanted.size(), MOST_CALLS); i++) {
            // the model's own ids may repeat, or be anything
            calls.add(new ToolRequest("c" + round + "-" + (i + 1), name(wanted.get(i)), arguments(wanted.get(i))));
        }
        return new Thought.Wants(new Reasoned(text, calls, model, usage));
    }

    private static String name(ToolExecutionRequest wanted) {
        var name = wanted.name() == null ? "" : wanted.name();
        return name.length() <= 128 ? name : name.substring(0, 128);
    }

    private JsonNode arguments(ToolExecutionRequest wanted) {
        var text = wanted.arguments() == null || wanted.arguments().isBlank() ? "{}" : wanted.arguments();
        try {
            return json.readTree(text);
        } catch (JsonProcessingException _) {
            return JsonNodeFactory.instance.textNode(text.length() <= 2_000 ? text : text.substring(0, 2_000));
        }
    }

    /** All of them, the most fitting first: how many a model is shown is its own matter. */
    private List<ToolSpecification> offered(Work work, Catalogue known) {
        var turn = work.turn();
        var all = known.all();
        var specified = specifications;
        if (specified.known != known) {
            specified = new Specifications(known);
            specifications = specified;
        }
        return selection.select(all, turn.message(), used(turn), all.size()).stream()
                .map(specified::of)
                .toList();
    }

    private static Set<String> used(ClaimedTurn turn) {
        var earlier = turn.earlier().stream()
                .flatMap(before -> before.events().stream().map(NumberedReply::event));
        return Stream.concat(earlier, turn.events().stream())
                .filter(ReplyEvent.ToolFinished.class::isInstance)
                .map(event -> ((ReplyEvent.ToolFinished) event).tool())
                .collect(Collectors.toSet());
    }
}
