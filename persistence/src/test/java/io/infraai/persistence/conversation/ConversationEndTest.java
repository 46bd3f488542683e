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
import io.infraai.contracts.chat.ReplyEvent.Completed;
import io.infraai.contracts.chat.ReplyEvent.Reasoned;
import io.infraai.contracts.chat.ReplyEvent.Started;
import io.infraai.contracts.chat.ToolRequest;
import io.infraai.contracts.chat.TurnState;
import io.infraai.contracts.chat.Usage;
import io.infraai.contracts.identity.Actor;
import io.infraai.contracts.identity.Role;
import io.infraai.contracts.identity.TenantId;
import io.infraai.persistence.conversation.Conversations.Deleted;
import io.infraai.persistence.conversation.Conversations.Opened;
import io.infraai.persistence.tenancy.Database;

import static io.infraai.persistence.tenancy.Database.await;
import static org.assertj.core.api.Assertions.assertThat;

/** How conversations are cleared away: by age, and at their user's wish. */
class ConversationEndTest {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration MONTH = Duration.ofDays(30);
    private static final Usage USED = new Usage(100, 20, 7);
    private static final Completed ANSWER = new Completed("web-0 is", "primary", USED);

    private final Database database = Database.shared();
    private final TenantId tenant = database.newTenant();
    private final Actor ada = new Actor(tenant, "ada", Set.of(Role.OPERATOR));
    private final Conversations conversations = new PgConversations(database.scope());
    private final TurnExecution turns = new PgTurnExecution(database.scope());
    private final ConversationSweep sweep = new PgConversationSweep(database.scope());

    @Test
    void ofAnOldTurnTheAnswerIsKeptAndTheRestIsClearedAway() {
        var old = answered("s-1");
        var young = answered("s-1");
        var unfinished = begun("s-2");
        database.change("UPDATE chat_turn SET done_at = now() - interval '31 days' WHERE id = ?", old);
        database.change(
                "UPDATE chat_turn SET created_at = now() - interval '31 days' WHERE id = ?", unfinished.turnId());

        clearAll();

        var history = await(conversations.history(ada, "s-1", 10)).orElseThrow();
        assertThat(history).extracting(ChatTurn::id).containsExactly(old, young);
        assertThat(history.getFirst().events()).extracting(NumberedReply::event).containsExactly(ANSWER);
        assertThat(history.getLast().events()).hasSize(3);
        assertThat(events(unfinished.turnId())).isEqualTo(2);
        assertThat(await(conversations.since(ada, "s-1", 0)).orElseThrow()).hasSize(2);
    }

    @Test
    void aSweepTakesNoMoreThanItIsAskedForAndNothingTwice() {
        for (var i = 0; i < 3; i++) {
            database.change("UPDATE chat_turn SET done_at = now() - interval '400 days' WHERE id = ?", answered("s-1"));
        }
        var age = Duration.ofDays(399);

        assertThat(await(sweep.clearEvents(age, 2))).isEqualTo(2);
        assertThat(await(sweep.clearEvents(age, 2))).isEqualTo(1);
        assertThat(await(sweep.clearEvents(age, 2))).isZero();
    }

    @Test
    void aSessionIsDeletedByItsUserWithAllThatWasSaid() {
        answered("s-1");
        answered("s-1");
        answered("s-2");

        assertThat(await(conversations.delete(ada, "s-1"))).isEqualTo(new Deleted.Gone());

        assertThat(await(conversations.history(ada, "s-1", 10))).isEmpty();
        assertThat(await(conversations.history(ada, "s-2", 10)).orElseThrow()).hasSize(1);
        for (var table : List.of("chat_turn", "chat_event", "chat_history")) {
            assertThat(count(table, "s-1")).as(table).isZero();
            assertThat(count(table, "s-2")).as(table).isPositive();
        }
        assertThat(await(conversations.delete(ada, "s-1"))).isEqualTo(new Deleted.Unknown());
        answered("s-1");
    }

    @Test
    void aSessionInWhichATurnIsNotEndedIsLeftAlone() {
        var running = begun("s-1");
        assertThat(await(conversations.delete(ada, "s-1"))).isEqualTo(new Deleted.Busy(running.turnId()));

        await(turns.await(running, Map.of()));
        assertThat(await(conversations.delete(ada, "s-1"))).isEqualTo(new Deleted.Busy(running.turnId()));

        await(conversations.cancel(ada, running.turnId()));
        assertThat(await(conversations.delete(ada, "s-1"))).isEqualTo(new Deleted.Gone());
    }

    @Test
    void anotherUsersSessionCannotBeDeleted() {
        answered("s-1");

        for (var stranger : List.of(
                new Actor(tenant, "bob", Set.of(Role.ADMIN)),
                new Actor(database.newTenant(), "ada", Set.of(Role.ADMIN)))) {
            assertThat(await(conversations.delete(stranger, "s-1"))).isEqualTo(new Deleted.Unknown());
        }
        assertThat(await(conversations.history(ada, "s-1", 10))).isPresent();
    }

    private void clearAll() {
        while (await(sweep.clearEvents(MONTH, 100)) > 0) {
            // what other tests have left
        }
    }

    private UUID answered(String session) {
        var turn = begun(session);
        await(turns.finish(turn, TurnState.DONE, ANSWER.text(), ANSWER, Usage.NONE));
        return turn.turnId();
    }

    private ClaimedTurn begun(String session) {
        var opened = await(conversations.open(ada, Optional.empty(), session, "Which pods fail?", "infraai:{chat}:g1"));
        var turn = ((Opened.Turn) opened).turn();
        var claimed = await(turns.claim(tenant, turn.id(), LEASE)).orElseThrow();
        var look = new ToolRequest("c-1", "list_pods", JsonNodeFactory.instance.objectNode());
        await(turns.record(claimed, new Started(1), Usage.NONE));
        await(turns.record(claimed, new Reasoned("", List.of(look), "primary", USED), USED));
        return claimed;
    }

    private long events(UUID turn) {
        return database.query("SELECT sequence FROM chat_event WHERE turn_id = ?", turn)
                .size();
    }

    private long count(String table, String session) {
        return await(database.scope()
                .in(
                        tenant,
                        connection -> connection
                                .query("SELECT count(*) FROM " + table + " WHERE session_id = '" + session + "'")
                                .execute()
                                .map(rows -> rows.iterator().next().getLong(0))));
    }
}
