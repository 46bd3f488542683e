package io.infraai.engine.agent;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.chat.ReplyEvent;
import io.infraai.contracts.chat.TurnFailure;
import io.infraai.contracts.chat.TurnState;
import io.infraai.contracts.chat.Usage;
import io.infraai.contracts.stream.TurnRung;
import io.infraai.engine.agent.AgentStep.AwaitTasks;
import io.infraai.engine.agent.AgentStep.CallTools;
import io.infraai.engine.agent.AgentStep.GiveUp;
import io.infraai.engine.agent.AgentStep.Reason;
import io.infraai.engine.reply.TurnJournal.ClaimLost;
import io.infraai.engine.turn.Call;
import io.infraai.engine.turn.Progress;
import io.infraai.messaging.redis.tracing.Spans;
import io.infraai.messaging.redis.tracing.Trail;
import io.infraai.persistence.conversation.ClaimedTurn;
import io.infraai.persistence.conversation.TurnExecution;
import io.infraai.persistence.tenancy.StoreUnavailable;

/**
 * Takes a turn from its bell to its answer, or to the tasks that it waits for. All that it knows of the turn it reads from
 * the store, so that it doesn't matter which engine was there before.
 */
@ApplicationScoped
class TurnRunner {

    private static final Logger LOG = Logger.getLogger(TurnRunner.class);

    private final TurnExecution turns;
    private final Reasoning reasoning;
    private final ToolCalling calling;
    private final TaskWatch watch;
    private final TurnHold hold;
    private final Spans spans;
    private final AgentConfig config;
    private final Agent agent;

    TurnRunner(
            TurnExecution turns,
            Reasoning reasoning,
            ToolCalling calling,
            TaskWatch watch,
            TurnHold hold,
            Spans spans,
            AgentConfig config) {
        this.turns = turns;
        this.reasoning = reasoning;
        this.calling = calling;
        this.watch = watch;
        this.hold = hold;
        this.spans = spans;
        this.config = config;
        this.agent = new Agent(new Budget(
                config.steps(),
                config.toolCalls(),
                config.tokens(),
                Reasoning.micros(config.cost()),
                config.misfits()));
    }

    /** Completes once the turn is ended, let go, or found to need nothing. */
    Uni<Void> run(TurnRung rung, @Nullable String bell) {
        return turns.claim(rung.tenant(), rung.turnId(), config.lease())
                .chain(claimed -> claimed.map(turn -> traced(turn, bell))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private Uni<Void> traced(ClaimedTurn turn, @Nullable String bell) {
        return spans.during("invoke_agent infraai", Trail.of(turn.traceparent(), turn.age(), bell), step -> {
            step.tell("gen_ai.operation.name", "invoke_agent")
                    .tell("gen_ai.agent.name", "infraai")
                    .tell("infraai.turn.id", turn.turnId().toString())
                    .tell("infraai.turn.attempt", turn.attempt());
            return work(hold.begin(turn, step.traceparent()));
        });
    }

    private Uni<Void> work(Work work) {
        Failpoints.hit("after_claim");
        var turn = work.turn();
        var journal = work.journal();
        var going = turn.attempt() > config.attempts()
                ? giveUp(work, abandoned())
                : journal.record(new ReplyEvent.Started(turn.attempt()), Usage.NONE)
                        .chain(() -> go(work, true));
        return hold.during(turn, going, () -> giveUp(work, cancelled()))
                .onFailure(ClaimLost.class)
                .invoke(() -> LOG.warnf("Turn %s is held by another engine now", turn.turnId()))
                .onFailure(ClaimLost.class)
                .recoverWithNull()
                .onFailure(StoreUnavailable.class)
                .invoke(away -> LOG.warnf("Turn %s is left to be taken up again: %s", turn.turnId(), away.getMessage()))
                .onFailure(StoreUnavailable.class)
                .recoverWithNull()
                .onFailure()
                .recoverWithUni(bug -> ended(work, bug));
    }

    private Uni<Void> go(Work work, boolean mayAskAgain) {
        if (!work.journal().standing().admitted()) {
            return giveUp(work, shutOut());
        }
        return switch (agent.next(work.progress())) {
            case Reason _ when hold.over(work.deadline()) -> giveUp(work, outOfTime());
            case Reason(var mayCall) -> reason(work, mayCall, mayAskAgain);
            case CallTools(var calls) ->
                calling.call(agent, work, calls).chain(events -> go(work.after(events), mayAskAgain));
            case AwaitTasks(var calls) -> await(work, calls);
            case GiveUp giveUp -> giveUp(work, giveUp);
        };
    }

    private Uni<Void> reason(Work work, boolean mayCall, boolean mayAskAgain) {
        return reasoning.think(work, mayCall).chain(thought -> switch (thought) {
            case Thought.Wants(var reasoned) -> wants(work, reasoned);
            case Thought.Says says -> answer(work, says);
            case Thought.Nothing nothing
            when nothing.again() && mayAskAgain ->
                work.journal()
                        .record(new ReplyEvent.Started(work.turn().attempt()), Usage.NONE)
                        .chain(() -> go(work, false));
            case Thought.Nothing(var reason, var message, var _) -> giveUp(work, new GiveUp(reason, message));
        });
    }

    private Uni<Void> wants(Work work, ReplyEvent.Reasoned reasoned) {
        Failpoints.hit("after_model");
        return work.journal().record(reasoned, reasoned.usage()).chain(() -> {
            Failpoints.hit("after_reasoned");
            return go(work.after(List.of(reasoned)), true);
        });
    }

    private Uni<Void> answer(Work work, Thought.Says says) {
        Failpoints.hit("before_answer");
        var whole = work.progress().usage().plus(says.usage());
        var text = says.text() + calling.remark(work);
        var completed = new ReplyEvent.Completed(text, says.model(), whole);
        return work.journal()
                .end(TurnState.DONE, text, completed, says.usage())
                .invoke(() -> Failpoints.hit("after_answer"));
    }

    private Uni<Void> await(Work work, List<Call> calls) {
        return watch.look(work, calls).chain(seen -> {
            if (!seen.news().isEmpty()) {
                return go(work.after(seen.news()), true);
            }
            Failpoints.hit("before_wait");
            return turns.await(work.turn(), seen.waiting()).replaceWithVoid();
        });
    }

    private Uni<Void> giveUp(Work work, GiveUp why) {
        var state = why.reason() == TurnFailure.CANCELLED ? TurnState.CANCELLED : TurnState.FAILED;
        var failed = new ReplyEvent.Failed(
                why.reason(),
                why.message(),
                Progress.of(work.turn().events()).usage().plus(work.journal().charged()));
        return work.journal().end(state, why.message(), failed, Usage.NONE);
    }

    /** A bug must end the turn, or every engine would hit it. */
    private Uni<Void> ended(Work work, Throwable bug) {
        LOG.errorf(bug, "Turn %s hit a bug", work.turn().turnId());
        return giveUp(work, new GiveUp(TurnFailure.INTERNAL, "Internal error, see the engine's log"))
                .onFailure()
                .recoverWithNull();
    }

    private GiveUp outOfTime() {
        return new GiveUp(
                TurnFailure.BUDGET_EXHAUSTED,
                "No answer within " + config.time().toSeconds()
                        + " s. Ask for a smaller part of it, or have infraai.agent.time raised.");
    }

    private static GiveUp cancelled() {
        return new GiveUp(TurnFailure.CANCELLED, "Stopped, as you asked");
    }

    private static GiveUp shutOut() {
        return new GiveUp(
                TurnFailure.ACCESS_ENDED,
                "The key that this was asked with was revoked or has expired. Ask again with one that holds.");
    }

    private GiveUp abandoned() {
        return new GiveUp(
                TurnFailure.ABANDONED,
                config.attempts() + " engines stopped while they worked on this. See their logs, then ask again.");
    }
}
