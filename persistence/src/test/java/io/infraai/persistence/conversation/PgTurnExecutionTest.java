package io.infraai.persistence.conversation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.chat.ChatTurn;
import io.infraai.contracts.chat.NumberedReply;
import io.infraai.contracts.chat.ReplyEvent;
import io.infraai.contracts.chat.ReplyEvent.Completed;
import io.infraai.contracts.chat.ReplyEvent.Reasoned;
import io.infraai.contracts.chat.ReplyEvent.Started;
import io.infraai.contracts.chat.ReplyEvent.ToolFinished;
import io.infraai.contracts.chat.ToolRequest;
import io.infraai.contracts.chat.TurnState;
import io.infraai.contracts.chat.Usage;
import io.infraai.contracts.identity.Actor;
import io.infraai.contracts.identity.Role;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.remediation.TaskState;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.persistence.conversation.Conversations.Cancelled;
import io.infraai.persistence.conversation.Conversations.Opened;
import io.infraai.persistence.tenancy.Database;
import io.infraai.persistence.tenancy.Rows;

import static io.infraai.persistence.tenancy.Database.await;
import static org.assertj.core.api.Assertions.assertThat;

class PgTurnExecutionTest {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final String GATEWAY = "infraai:{chat}:g1";
    private static final Usage USED = new Usage(100, 20, 7);

    private final Database database = Database.shared();
    private final TenantId tenant = database.newTenant();
    private final Actor ada = new Actor(tenant, "ada", Set.of(Role.OPERATOR, Role.APPROVER));
    private final Conversations conversations = new PgConversations(database.scope());
    private final TurnExecution turns = new PgTurnExecution(database.scope());

    @Test
    void aTurnIsHandedToOneEngineWithTheUsersRightsOfThatMoment() {
        var turn = opened("s-1", "Why is checkout failing?");

        var claimed = claim(turn.id()).orElseThrow();

        assertThat(claimed.actor()).isEqualTo(ada);
        assertThat(claimed.message()).isEqualTo("Why is checkout failing?");
        assertThat(claimed.attempt()).isEqualTo(1);
        assertThat(claim(turn.id())).isEmpty();
    }

    @Test
    void anotherEngineGoesOnFromTheStoredEventsOnceTheLeaseHasRunOut() {
        var turn = opened("s-1", "Which pods are failing?");
        var first = claim(turn.id()).orElseThrow();
        record(first, new Started(1), Usage.NONE);
        record(first, reasoned(), USED);
        lapse(turn);

        var second = claim(turn.id()).orElseThrow();

        assertThat(second.attempt()).isEqualTo(2);
        assertThat(second.events()).containsExactly(new Started(1), reasoned());
        assertThat(await(turns.record(first, new Started(1), Usage.NONE)))
                .as("the first engine's claim")
                .isEmpty();
        assertThat(await(turns.finish(first, TurnState.DONE, "late", completed("late"), Usage.NONE)))
                .isEmpty();
        assertThat(await(turns.heartbeat(first, LEASE))).isEmpty();
        assertThat(await(turns.heartbeat(second, LEASE))).contains(false);
    }

    @Test
    void sequencesOfASessionGrowByBlocksAcrossItsTurns() {
        var first = claim(opened("s-1", "one").id()).orElseThrow();
        record(first, new Started(1), Usage.NONE);
        await(turns.finish(first, TurnState.DONE, "1", completed("1"), Usage.NONE));
        var second = claim(opened("s-1", "two").id()).orElseThrow();
        record(second, new Started(1), Usage.NONE);

        var all = await(conversations.since(ada, "s-1", 0)).orElseThrow();

        assertThat(all.stream().flatMap(turn -> turn.events().stream()).map(NumberedReply::sequence))
                .containsExactly(1024L, 2048L, 3072L);
        assertThat(await(conversations.since(ada, "s-1", 2048)).orElseThrow())
                .extracting(ChatTurn::message)
                .containsExactly("two");
    }

    @Test
    void theNextTurnIsGivenWhatWasSaidAndDoneBefore() {
        var first = claim(opened("s-1", "Which pods are failing?").id()).orElseThrow();
        record(first, reasoned(), USED);
        record(first, finished(), Usage.NONE);
        await(turns.finish(first, TurnState.DONE, "web-0 is", completed("web-0 is"), Usage.NONE));
        var second = opened("s-1", "Restart it");

        var earlier = claim(second.id()).orElseThrow().earlier();

        assertThat(earlier).hasSize(1);
        assertThat(earlier.getFirst().events())
                .extracting(NumberedReply::event)
                .containsExactly(reasoned(), finished(), completed("web-0 is"));
    }

    @Test
    void whatASummaryHoldsIsNotHandedOutAgain() {
        var first = claim(opened("s-1", "one").id()).orElseThrow();
        await(turns.summarise(first, "They asked for one", 1));
        await(turns.finish(first, TurnState.DONE, "1", completed("1"), Usage.NONE));

        var second = claim(opened("s-1", "two").id()).orElseThrow();

        assertThat(second.summary()).isEqualTo("They asked for one");
        assertThat(second.earlier()).isEmpty();
    }

    @Test
    void usageIsChargedToTheUsersDayOnceAndToldWithEveryEvent() {
        var turn = claim(opened("s-1", "one").id()).orElseThrow();
        assertThat(record(turn, new Started(1), Usage.NONE).standing().spentToday())
                .isEqualTo(Usage.NONE);
        assertThat(record(turn, reasoned(), USED).standing().spentToday()).isEqualTo(USED);
        assertThat(record(turn, reasoned(), USED).standing().spentToday()).isEqualTo(USED.plus(USED));
        assertThat(record(turn, finished(), Usage.NONE).standing().spentToday()).isEqualTo(USED.plus(USED));

        var bob = new Actor(tenant, "bob", Set.of());
        var other = claim(((Opened.Turn) open(bob, "s-2", "two")).turn().id()).orElseThrow();
        assertThat(record(other, new Started(1), Usage.NONE).standing().spentToday())
                .isEqualTo(Usage.NONE);
    }

    @Test
    void aTurnThatWaitsForATaskIsWokenWhenTheTaskMovesOn() {
        var turn = opened("s-1", "Restart web-0");
        var claimed = claim(turn.id()).orElseThrow();
        var task = task();
        assertThat(await(turns.await(claimed, Map.of(task, TaskState.QUEUED)))).isTrue();
        assertThat(wokenHere()).isEmpty();
        assertThat(claim(turn.id())).as("a waiting turn").isEmpty();

        database.change("UPDATE task SET state = 'cancelled', done_at = now() WHERE id = ?", task);

        assertThat(wokenHere()).containsExactly(turn.id());
        var again = claim(turn.id()).orElseThrow();
        assertThat(again.attempt()).isEqualTo(1);
        assertThat(wokenHere()).isEmpty();
    }

    @Test
    void aTurnWhoseBellWasLostOrWhoseEngineDiedIsDue() {
        var rung = opened("s-1", "one");
        var lost = opened("s-2", "two");
        var dead = opened("s-3", "three");
        assertThat(claim(dead.id())).isPresent();
        lapse(dead);
        database.change("UPDATE chat_turn SET ring_at = now() - interval '1 second' WHERE id = ?", lost.id());

        assertThat(dueHere()).containsExactlyInAnyOrder(lost.id(), dead.id());
        assertThat(dueHere()).as("marked as rung").isEmpty();
        assertThat(claim(rung.id())).isPresent();
    }

    @Test
    void aSessionTakesItsNextMessageWhenTheTurnBeforeIsNotWorkedOnAnyMore() {
        var first = opened("s-1", "one");

        assertThat(open(ada, "s-1", "two")).isEqualTo(new Opened.Busy(first.id()));
        var claimed = claim(first.id()).orElseThrow();
        assertThat(open(ada, "s-1", "two")).isEqualTo(new Opened.Busy(first.id()));
        await(turns.await(claimed, Map.of(task(), TaskState.QUEUED)));

        assertThat(open(ada, "s-1", "two")).isInstanceOf(Opened.Turn.class);
    }

    @Test
    void anotherUsersSessionIsNoSession() {
        var turn = opened("s-1", "one");
        var bob = new Actor(tenant, "bob", Set.of(Role.ADMIN));
        var otherTenant = new Actor(database.newTenant(), "ada", Set.of(Role.ADMIN));

        for (var stranger : List.of(bob, otherTenant)) {
            assertThat(await(conversations.history(stranger, "s-1", 10))).isEmpty();
            assertThat(await(conversations.since(stranger, "s-1", 0))).isEmpty();
            assertThat(await(conversations.turn(stranger, turn.id()))).isEmpty();
            assertThat(await(conversations.cancel(stranger, turn.id()))).isEqualTo(new Cancelled.Unknown());
            assertThat(await(conversations.sessions(stranger, 10))).isEmpty();
            await(conversations.follow(stranger, turn.id(), "elsewhere"));
        }
        assertThat(open(bob, "s-1", "mine?")).isEqualTo(new Opened.NotYours());
        assertThat(open(otherTenant, "s-1", "mine")).isInstanceOf(Opened.Turn.class);
        assertThat(await(turns.claim(otherTenant.tenant(), turn.id(), LEASE))).isEmpty();
        assertThat(record(claim(turn.id()).orElseThrow(), new Started(1), Usage.NONE)
                        .replyTo())
                .isEqualTo(GATEWAY);
    }

    @Test
    void repliesGoToTheGatewayThatFollowsNow() {
        var turn = opened("s-1", "one");
        var claimed = claim(turn.id()).orElseThrow();

        await(conversations.follow(ada, turn.id(), "infraai:{chat}:g2"));

        assertThat(record(claimed, new Started(1), Usage.NONE).replyTo()).isEqualTo("infraai:{chat}:g2");
    }

    @Test
    void cancellingEndsWhatNobodyHoldsAndTellsTheEngineThatHoldsIt() {
        var queued = opened("s-1", "one");
        var running = opened("s-2", "two");
        var claimed = claim(running.id()).orElseThrow();

        assertThat(await(conversations.cancel(ada, queued.id()))).isEqualTo(new Cancelled.Asked(TurnState.CANCELLED));
        assertThat(await(conversations.cancel(ada, running.id()))).isEqualTo(new Cancelled.Asked(TurnState.RUNNING));
        assertThat(await(turns.heartbeat(claimed, LEASE))).contains(true);
        assertThat(claim(queued.id())).isEmpty();
        assertThat(await(conversations.cancel(ada, queued.id()))).isEqualTo(new Cancelled.Ended(TurnState.CANCELLED));
    }

    @Test
    void theHistoryTableHoldsWhatWasAskedAndAnswered() {
        var turn = claim(opened("s-1", "Is all well?").id()).orElseThrow();
        await(turns.finish(turn, TurnState.DONE, "Yes", completed("Yes"), Usage.NONE));

        List<String> lines = await(database.scope()
                .in(
                        tenant,
                        connection -> connection
                                .preparedQuery("SELECT role, content FROM chat_history ORDER BY id")
                                .execute()
                                .map(rows -> Rows.list(
                                        rows, row -> row.getString("role") + ": " + row.getString("content")))));

        assertThat(lines).containsExactly("user: Is all well?", "assistant: Yes");
    }

    @Test
    void theDatabaseAllowsExactlyTheMovesOfTheContracts() {
        for (var before : TurnState.values()) {
            for (var after : TurnState.values()) {
                var allowed = database.query("SELECT turn_may_move(?, ?) AS may", before.wire(), after.wire())
                        .getFirst()
                        .get("may");
                assertThat(allowed)
                        .as(before + " to " + after)
                        .isEqualTo(before.successors().contains(after));
            }
        }
    }

    private ChatTurn opened(String session, String message) {
        return ((Opened.Turn) open(ada, session, message)).turn();
    }

    private Opened open(Actor actor, String session, String message) {
        return await(conversations.open(actor, Optional.empty(), session, message, GATEWAY));
    }

    private Optional<ClaimedTurn> claim(UUID turn) {
        return await(turns.claim(tenant, turn, LEASE));
    }

    private TurnExecution.Recorded record(ClaimedTurn turn, ReplyEvent event, Usage usage) {
        return await(turns.record(turn, event, usage)).orElseThrow();
    }

    private void lapse(ChatTurn turn) {
        database.change(
                "UPDATE chat_turn SET lease_until = now() - interval '1 second', ring_at = now() WHERE id = ?",
                turn.id());
    }

    private List<UUID> dueHere() {
        return await(turns.due(LEASE, 1000)).stream()
                .filter(rung -> rung.tenant().equals(tenant))
                .map(rung -> rung.turnId())
                .toList();
    }

    private List<UUID> wokenHere() {
        return await(turns.woken(1000)).stream()
                .filter(rung -> rung.tenant().equals(tenant))
                .map(rung -> rung.turnId())
                .toList();
    }

    private long task() {
        var key = UUID.randomUUID().toString();
        database.change("""
                INSERT INTO task (tenant_id, idem_key, target_key, tool, kind, params, state, line, max_age, stale_at, requested_by)
                VALUES (?, ?, 'sim:x', 'restart_pod', 'guarded', '{}', 'queued', nextval('task_line'), interval '1 hour',
                        now() + interval '1 hour', 'ada')""", tenant.value(), key);
        var row = database.query("SELECT id FROM task WHERE tenant_id = ? AND idem_key = ?", tenant.value(), key);
        return Long.parseLong(String.valueOf(row.getFirst().get("id")));
    }

    private static Reasoned reasoned() {
        var arguments = JsonNodeFactory.instance.objectNode().put("namespace", "shop");
        return new Reasoned("Looking", List.of(new ToolRequest("c-1", "list_pods", arguments)), "primary", USED);
    }

    private static ToolFinished finished() {
        return new ToolFinished("c-1", "list_pods", new ToolResult.Done("1 pod"));
    }

    private static Completed completed(String text) {
        return new Completed(text, "primary", USED);
    }
}
