package io.infraai.engine.agent;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Inject;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.chat.ChatTurn;
import io.infraai.contracts.chat.ReplyEvent.ApprovalRequired;
import io.infraai.contracts.chat.ReplyEvent.Completed;
import io.infraai.contracts.chat.ReplyEvent.Failed;
import io.infraai.contracts.chat.ReplyEvent.Reasoned;
import io.infraai.contracts.chat.ReplyEvent.Started;
import io.infraai.contracts.chat.ReplyEvent.TaskAsked;
import io.infraai.contracts.chat.ReplyEvent.ToolFinished;
import io.infraai.contracts.chat.ToolRequest;
import io.infraai.contracts.chat.TurnFailure;
import io.infraai.contracts.chat.TurnState;
import io.infraai.contracts.chat.Usage;
import io.infraai.contracts.identity.Actor;
import io.infraai.contracts.identity.Role;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.remediation.TaskOutcome.Ask;
import io.infraai.contracts.stream.TurnCancelled;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.engine.model.ModelEvent;
import io.infraai.engine.model.ModelFailure;
import io.infraai.persistence.conversation.Conversations;
import io.infraai.persistence.conversation.TurnExecution;
import io.infraai.persistence.task.TaskControl;
import io.infraai.persistence.task.TaskExecution;
import io.infraai.testkit.EmbeddedServices;

import static io.infraai.engine.agent.Chats.PATIENCE;
import static io.infraai.engine.agent.Chats.eventsOf;
import static io.infraai.engine.agent.Chats.last;
import static io.infraai.engine.agent.Chats.now;
import static io.infraai.engine.agent.Chats.unique;
import static io.infraai.engine.agent.ScriptedModels.call;
import static io.infraai.engine.agent.ScriptedModels.results;
import static io.infraai.engine.agent.ScriptedModels.says;
import static io.infraai.engine.agent.ScriptedModels.wants;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@QuarkusTest
@QuarkusTestResource(EmbeddedServices.class)
class TurnRunnerTest {

    private static final TenantId TENANT = TenantId.DEFAULT;
    private static final Actor ADA = new Actor(TENANT, "ada", Set.of(Role.OPERATOR));
    private static final Actor VIEWER = new Actor(TENANT, "vera", Set.of(Role.VIEWER));

    @Inject
    Conversations conversations;

    @Inject
    TurnExecution turns;

    @Inject
    TaskControl control;

    @Inject
    TaskExecution execution;

    @Inject
    TurnHold hold;

    @Inject
    Chats chats;

    @Inject
    ScriptedModels models;

    @Inject
    LookUp lookUp;

    private String message = "";

    @BeforeEach
    void advertiseAToolThatChangesSomething() {
        chats.advertisePressButton();
        message = "press red or blue, m-" + UUID.randomUUID();
    }

    @Test
    void aQuestionIsAnsweredWithWhatTheToolsSaid() {
        models.script(
                message,
                request -> results(request).isEmpty()
                        ? wants(call("look_up", "{\"name\":\"a\"}"), call("look_up", "{\"name\":\"b\"}"))
                        : says("Both ", "are ", "there."));

        var turn = ended(ask(ADA));

        assertThat(turn.state()).isEqualTo(TurnState.DONE);
        assertThat(last(turn)).isInstanceOfSatisfying(Completed.class, answer -> {
            assertThat(answer.text()).isEqualTo("Both are there.");
            assertThat(answer.usage()).isEqualTo(new Usage(200, 40, 100));
        });
        assertThat(eventsOf(turn, ToolFinished.class)).hasSize(2);
        assertThat(results(models.requests(message).getLast()))
                .anySatisfy(result -> assertThat(result).contains("Found a"))
                .allSatisfy(result -> assertThat(result).startsWith("<tool-result tool=\"look_up\" key="));
    }

    @Test
    void callsOfOneAnswerRunAtOnce() {
        var names = List.of(unique(LookUp.SLOW), unique(LookUp.SLOW), unique(LookUp.SLOW), unique(LookUp.SLOW));
        models.script(
                message,
                request -> results(request).isEmpty()
                        ? wants(names.stream().map(TurnRunnerTest::looksUp).toArray(ToolExecutionRequest[]::new))
                        : says("Done"));

        var turn = ended(ask(ADA));

        assertThat(eventsOf(turn, ToolFinished.class)).hasSize(4);
        assertThat(lookUp.mostSlowAtOnce()).isEqualTo(4);
    }

    @Test
    void aChangeWaitsForAPersonAndTheTurnGoesOnWithItsOutcome() {
        models.script(
                message,
                request -> results(request).isEmpty()
                        ? wants(call("press_button", "{\"name\":\"red\"}"))
                        : says(results(request).getFirst().contains("cancelled") ? "You said no." : "Pressed."));
        var asked = ask(ADA);
        var task = eventsOf(chats.inState(ADA, asked, TurnState.WAITING), TaskAsked.class)
                .getFirst()
                .taskId();

        var claimed = now(execution.claim(TENANT, task, "w", PATIENCE)).orElseThrow();
        var target = JsonNodeFactory.instance.objectNode().put("uid", "u-1");
        var dryRun = JsonNodeFactory.instance.objectNode().put("result", "not_offered");
        var observed = JsonNodeFactory.instance.objectNode().put("lit", true);
        now(execution.finish(
                claimed, new Ask(target, "Press red (u-1)", Optional.empty(), dryRun, observed, PATIENCE, 10)));

        var approval = await().atMost(PATIENCE)
                .until(() -> eventsOf(chats.turn(ADA, asked), ApprovalRequired.class), found -> !found.isEmpty())
                .getFirst()
                .approval();
        assertThat(approval.path("sentence").asText()).isEqualTo("Press red (u-1)");
        assertThat(approval.path("id").asLong()).isPositive();
        assertThat(approval.at("/dry_run/result").asText()).isEqualTo("not_offered");
        assertThat(approval.at("/evidence/observed/lit").asBoolean()).isTrue();
        assertThat(chats.inState(ADA, asked, TurnState.WAITING).state().ended()).isFalse();

        now(control.cancel(TENANT, task, "bob"));
        assertThat(last(ended(asked)))
                .isInstanceOfSatisfying(
                        Completed.class, answer -> assertThat(answer.text()).isEqualTo("You said no."));
    }

    @Test
    void onlyOneChangeIsPutToAPersonAtATime() {
        models.script(
                message,
                request -> results(request).isEmpty()
                        ? wants(call("press_button", "{\"name\":\"red\"}"), call("press_button", "{\"name\":\"blue\"}"))
                        : says("Done."));

        var waiting = chats.inState(ADA, ask(ADA), TurnState.WAITING);

        assertThat(eventsOf(waiting, TaskAsked.class)).hasSize(1);
        assertThat(eventsOf(waiting, ToolFinished.class).getFirst().result())
                .isInstanceOfSatisfying(
                        ToolResult.Failed.class,
                        failed -> assertThat(failed.message()).contains("one change at a time"));
    }

    @Test
    void whoMayNotChangeAnythingIsToldBeforeAnybodyIsAsked() {
        models.script(
                message,
                request -> results(request).isEmpty()
                        ? wants(call("press_button", "{\"name\":\"red\"}"))
                        : says("You may not."));

        var turn = chats.ended(VIEWER, ask(VIEWER));

        assertThat(eventsOf(turn, TaskAsked.class)).isEmpty();
        assertThat(eventsOf(turn, ToolFinished.class).getFirst().result())
                .isInstanceOfSatisfying(
                        ToolResult.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(FailureReason.NOT_PERMITTED));
    }

    @Test
    void anUnknownToolAndBrokenArgumentsAreToldToTheModelWhichMayMendThem() {
        var answers = new AtomicInteger();
        models.script(message, _ -> switch (answers.getAndIncrement()) {
            case 0 -> wants(call("no_such_tool", "{}"), call("look_up", "{\"name\":"));
            case 1 -> wants(call("look_up", "{\"name\":\"c\"}"));
            default -> says("Found it.");
        });

        var turn = ended(ask(ADA));

        assertThat(turn.state()).isEqualTo(TurnState.DONE);
        assertThat(results(models.requests(message).get(1)))
                .anySatisfy(text -> assertThat(text).contains("There is no tool named no_such_tool"))
                .anySatisfy(text -> assertThat(text).contains("no JSON object"));
    }

    @Test
    void aModelThatIsAwayEndsTheTurnWithWhatToDo() {
        models.script(
                message,
                _ -> Multi.createFrom()
                        .item(new ModelEvent.Failed(
                                ModelFailure.UNREACHABLE, "Nobody answers at the model's address")));

        var turn = ended(ask(ADA));

        assertThat(turn.state()).isEqualTo(TurnState.FAILED);
        assertThat(last(turn)).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(TurnFailure.MODEL_UNAVAILABLE);
            assertThat(failed.message()).isEqualTo("Nobody answers at the model's address");
        });
    }

    @Test
    void anAnswerThatBrokeOffIsAskedForOnceMore() {
        var answers = new AtomicInteger();
        models.script(
                message,
                _ -> answers.getAndIncrement() == 0
                        ? Multi.createFrom()
                                .items(
                                        new ModelEvent.Text("Half an "),
                                        new ModelEvent.Failed(ModelFailure.UNUSABLE_ANSWER, "The answer broke off"))
                        : says("A whole answer."));

        var turn = ended(ask(ADA));

        assertThat(last(turn))
                .isInstanceOfSatisfying(
                        Completed.class, answer -> assertThat(answer.text()).isEqualTo("A whole answer."));
        assertThat(answers).hasValue(2);
    }

    @Test
    void anotherEngineGoesOnWithoutMakingAFinishedCallAgain() {
        var done = unique("done-");
        var open = unique("open-");
        models.script(message, request -> says("Results: " + results(request).size()));
        var asked = chats.open(ADA, session(), message);
        var dead = now(turns.claim(TENANT, asked.id(), Duration.ofMillis(1))).orElseThrow();
        var reasoned = new Reasoned(
                "",
                List.of(new ToolRequest("c1-1", "look_up", name(done)), new ToolRequest("c1-2", "look_up", name(open))),
                "scripted",
                Usage.NONE);
        now(turns.record(dead, reasoned, Usage.NONE));
        now(turns.record(dead, new ToolFinished("c1-1", "look_up", new ToolResult.Done("Found before")), Usage.NONE));

        var turn = ended(asked);

        assertThat(last(turn))
                .isInstanceOfSatisfying(
                        Completed.class, answer -> assertThat(answer.text()).isEqualTo("Results: 2"));
        assertThat(lookUp.looks(done)).isZero();
        assertThat(lookUp.looks(open)).isEqualTo(1);
    }

    @Test
    void aTurnThatIsCancelledStopsWithinASecond() {
        models.script(message, _ -> wants(call("look_up", "{\"name\":\"" + LookUp.NEVER + message + "\"}")));
        var asked = ask(ADA);
        await().atMost(PATIENCE).until(() -> lookUp.looks(LookUp.NEVER + message) == 1);

        now(conversations.cancel(ADA, asked.id()));
        hold.onCancelled(new TurnCancelled(TENANT, asked.id())).subscribe().with(_ -> {});

        await().atMost(Duration.ofSeconds(1))
                .until(() ->
                        now(conversations.turn(ADA, asked.id())).orElseThrow().state() == TurnState.CANCELLED);
    }

    @Test
    void theUsersDayIsChargedForWhatTheTurnTook() {
        var user = new Actor(TENANT, unique("user"), Set.of(Role.VIEWER));
        models.script(message, _ -> says("Yes"));

        chats.ended(user, ask(user));

        var next = now(turns.claim(
                        TENANT, chats.open(user, unique("s-"), "And?").id(), PATIENCE))
                .orElseThrow();
        assertThat(now(turns.record(next, new Started(1), Usage.NONE))
                        .orElseThrow()
                        .standing()
                        .spentToday())
                .isEqualTo(new Usage(100, 20, 50));
    }

    @Test
    void theNextMessageOfASessionFindsWhatWasSeenBefore() {
        models.script(
                message,
                request ->
                        results(request).isEmpty() ? wants(call("look_up", "{\"name\":\"a\"}")) : says("a is there."));
        var first = ended(ask(ADA));
        var second = "and-" + message;
        models.script(second, _ -> says("As I said."));

        ended(chats.ask(ADA, first.sessionId(), second));

        assertThat(models.requests(second).getFirst().messages().toString()).contains("Found a", "a is there.");
    }

    private static ToolExecutionRequest looksUp(String name) {
        return call("look_up", "{\"name\":\"" + name + "\"}");
    }

    private static JsonNode name(String name) {
        return JsonNodeFactory.instance.objectNode().put("name", name);
    }

    /** Holds no blanks, unlike the message. */
    private String session() {
        return "s-" + message.substring(message.indexOf("m-"));
    }

    private ChatTurn ask(Actor actor) {
        return chats.ask(actor, session(), message);
    }

    private ChatTurn ended(ChatTurn asked) {
        return chats.ended(ADA, asked);
    }
}
