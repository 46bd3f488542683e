package io.infraai.engine.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.chat.ReplyEvent;
import io.infraai.contracts.chat.ReplyEvent.ApprovalRequired;
import io.infraai.contracts.chat.ReplyEvent.Reasoned;
import io.infraai.contracts.chat.ReplyEvent.Started;
import io.infraai.contracts.chat.ReplyEvent.TaskAsked;
import io.infraai.contracts.chat.ReplyEvent.ToolFinished;
import io.infraai.contracts.chat.ToolRequest;
import io.infraai.contracts.chat.TurnFailure;
import io.infraai.contracts.chat.Usage;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.engine.agent.AgentStep.AwaitTasks;
import io.infraai.engine.agent.AgentStep.CallTools;
import io.infraai.engine.agent.AgentStep.GiveUp;
import io.infraai.engine.agent.AgentStep.Reason;
import io.infraai.engine.turn.Call;
import io.infraai.engine.turn.Progress;

import static org.assertj.core.api.Assertions.assertThat;

class AgentTest {

    private static final Usage USED = new Usage(90, 10, 1_000);
    private static final ToolResult DONE = new ToolResult.Done("2 pods");

    private final Agent agent = new Agent(new Budget(3, 4, 1_000, 100_000, 2));
    private final List<ReplyEvent> events = new ArrayList<>();

    @Test
    void aTurnBeginsByAskingTheModel() {
        happened(new Started(1));

        assertThat(next()).isEqualTo(new Reason(true));
    }

    @Test
    void whatTheModelAskedForIsCalledAllAtOnce() {
        happened(reasoned("a", "b"));

        assertThat(next()).isEqualTo(new CallTools(List.of(request("a"), request("b"))));
    }

    @Test
    void onlyTheCallsWithoutAResultAreMadeAfterAnEngineDied() {
        happened(new Started(1), reasoned("a", "b", "c"), finished("b"), new Started(2));

        assertThat(next()).isEqualTo(new CallTools(List.of(request("a"), request("c"))));
    }

    @Test
    void theModelIsAskedAgainOnceEveryCallHasItsResult() {
        happened(reasoned("a", "b"), finished("b"), finished("a"));

        assertThat(next()).isEqualTo(new Reason(true));
    }

    @Test
    void aCallThatBecameATaskIsNeverMadeAgain() {
        happened(reasoned("a"), new TaskAsked("a", "restart_pod", 7), new Started(2));

        assertThat(next())
                .isInstanceOfSatisfying(
                        AwaitTasks.class,
                        waits -> assertThat(waits.calls())
                                .extracting(Call::request)
                                .containsExactly(request("a")));
    }

    @Test
    void readsAreMadeBeforeTheTurnIsLetGoForATask() {
        happened(reasoned("a", "b"), new TaskAsked("a", "restart_pod", 7));

        assertThat(next()).isEqualTo(new CallTools(List.of(request("b"))));
    }

    @Test
    void aTaskThatWaitsForAPersonIsStillWaitedFor() {
        happened(
                reasoned("a"),
                new TaskAsked("a", "restart_pod", 7),
                new ApprovalRequired("a", "restart_pod", 7, JsonNodeFactory.instance.objectNode()));

        assertThat(next()).isInstanceOf(AwaitTasks.class);

        happened(finished("a"));
        assertThat(next()).isEqualTo(new Reason(true));
    }

    @Test
    void theLastStepMustAnswerWithoutTools() {
        round("a");
        round("b");
        assertThat(next()).isEqualTo(new Reason(true));

        round("c");
        assertThat(next()).isEqualTo(new Reason(false));

        round("d");
        assertThat(next())
                .isInstanceOfSatisfying(
                        GiveUp.class, why -> assertThat(why.reason()).isEqualTo(TurnFailure.BUDGET_EXHAUSTED));
    }

    @Test
    void whoHasUsedUpTheCallsMustAnswerWithoutTools() {
        happened(reasoned("a", "b", "c", "d"), finished("a"), finished("b"), finished("c"), finished("d"));

        assertThat(next()).isEqualTo(new Reason(false));
    }

    @Test
    void callsPastTheBudgetAreAnsweredWithoutBeingMade() {
        happened(reasoned("a", "b", "c", "d", "e"));

        assertThat(agent.spared(progress(), request("d"))).isEmpty();
        assertThat(agent.spared(progress(), request("e"))).get().isInstanceOf(ToolResult.Failed.class);
    }

    @Test
    void tokensAndMoneyEndATurnThatGoesOnForTooLong() {
        happened(new Reasoned("", List.of(request("a")), "m", new Usage(900, 100, 0)), finished("a"));
        assertThat(next()).isInstanceOf(GiveUp.class);

        events.clear();
        happened(new Reasoned("", List.of(request("a")), "m", new Usage(1, 1, 100_000)), finished("a"));
        assertThat(next()).isInstanceOf(GiveUp.class);
    }

    @Test
    void aModelThatKeepsAskingForWhatCannotBeCalledIsStopped() {
        var misfit = new ToolResult.Failed(FailureReason.INVALID_PARAMETERS, "There is no such tool");
        happened(reasoned("a", "b", "c"));
        happened(new ToolFinished("a", "x", misfit), new ToolFinished("b", "x", misfit));
        happened(finished("c"));
        assertThat(next()).isEqualTo(new Reason(true));

        happened(reasoned("d"), new ToolFinished("d", "x", misfit));
        assertThat(next())
                .isInstanceOfSatisfying(
                        GiveUp.class, why -> assertThat(why.reason()).isEqualTo(TurnFailure.MODEL_CONFUSED));
    }

    @Test
    void theSameCallWithTheSameResultIsNotMadeAThirdTime() {
        happened(same("a"), finished("a"), same("b"), finished("b"), same("c"));

        assertThat(agent.spared(progress(), same("c").calls().getFirst()))
                .get()
                .isInstanceOfSatisfying(
                        ToolResult.Failed.class,
                        failed -> assertThat(failed.message()).contains("same"));
    }

    @Test
    void theSameCallIsMadeAgainWhileItsResultChanges() {
        happened(same("a"), finished("a"), same("b"), new ToolFinished("b", "list", new ToolResult.Done("3 pods")));
        happened(same("c"));

        assertThat(agent.spared(progress(), same("c").calls().getFirst())).isEmpty();
    }

    @Test
    void theSameEventsAlwaysGiveTheSameStep() {
        happened(new Started(1), reasoned("a", "b"), finished("a"));

        assertThat(IntStream.range(0, 5).mapToObj(_ -> next()).distinct()).hasSize(1);
    }

    private void round(String callId) {
        happened(reasoned(callId), finished(callId));
    }

    private void happened(ReplyEvent... more) {
        events.addAll(List.of(more));
    }

    private AgentStep next() {
        return agent.next(progress());
    }

    private Progress progress() {
        return Progress.of(events);
    }

    private static Reasoned reasoned(String... callIds) {
        return new Reasoned(
                "", List.of(callIds).stream().map(AgentTest::request).toList(), "m", USED);
    }

    private static Reasoned same(String callId) {
        var arguments = JsonNodeFactory.instance.objectNode().put("namespace", "shop");
        return new Reasoned("", List.of(new ToolRequest(callId, "list_pods", arguments)), "m", Usage.NONE);
    }

    private static ToolRequest request(String callId) {
        return new ToolRequest(
                callId, "list", JsonNodeFactory.instance.objectNode().put("of", callId));
    }

    private static ToolFinished finished(String callId) {
        return new ToolFinished(callId, "list", DONE);
    }
}
