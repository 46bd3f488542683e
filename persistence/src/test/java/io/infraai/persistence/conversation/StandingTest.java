package io.infraai.persistence.conversation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.chat.ReplyEvent.Started;
import io.infraai.contracts.chat.Usage;
import io.infraai.contracts.identity.Actor;
import io.infraai.contracts.identity.Role;
import io.infraai.contracts.identity.TenantId;
import io.infraai.persistence.access.ApiKeyStore;
import io.infraai.persistence.access.ApiKeyStore.ApiKey;
import io.infraai.persistence.access.Keys;
import io.infraai.persistence.conversation.Conversations.Opened;
import io.infraai.persistence.conversation.TurnExecution.Standing;
import io.infraai.persistence.tenancy.Database;

import static io.infraai.persistence.tenancy.Database.await;
import static org.assertj.core.api.Assertions.assertThat;

/** What a turn's user may do is what the key gives at that moment. */
class StandingTest {

    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

    private final Database database = Database.shared();
    private final TenantId tenant = database.newTenant();
    private final Actor ada = new Actor(tenant, "key:ada", Set.of(Role.OPERATOR));
    private final Conversations conversations = new PgConversations(database.scope());
    private final TurnExecution turns = new PgTurnExecution(database.scope());
    private final ApiKeyStore keys = Keys.store(database);

    @Test
    void aKeyWhoseRoleWasLoweredGivesTheLowerOne() {
        var key = key(null);
        var turn = asked(Optional.of(key));
        assertThat(standing(turn)).isEqualTo(new Standing(true, ada, Usage.NONE));

        lower(key);

        assertThat(standing(turn).actor().roles()).containsExactly(Role.VIEWER);
        assertThat(standing(turn).admitted()).isTrue();
    }

    @Test
    void aRevokedKeyAdmitsNobodyAnyMore() {
        var key = key(null);
        var turn = asked(Optional.of(key));

        await(keys.revoke(tenant, key, "root"));

        assertThat(standing(turn).admitted()).isFalse();
        assertThat(standing(turn).actor().roles()).isEmpty();
    }

    @Test
    void anExpiredKeyAdmitsNobody() {
        assertThat(standing(asked(Optional.of(key(LONG_AGO)))).admitted()).isFalse();
    }

    @Test
    void anotherTenantsKeyAdmitsNobody() {
        var other = database.newTenant();
        var key = new ApiKey(other, id(), "ada", "hash", Set.of(Role.ADMIN), LONG_AGO, null, null);
        await(keys.create(key, "root"));

        assertThat(standing(asked(Optional.of(key.id()))).admitted()).isFalse();
    }

    @Test
    void withoutAKeyTheRolesOfTheTimeOfAskingCount() {
        assertThat(standing(asked(Optional.empty()))).isEqualTo(new Standing(true, ada, Usage.NONE));
    }

    private String key(@Nullable Instant expiresAt) {
        var key = new ApiKey(tenant, id(), "ada", "hash", ada.roles(), LONG_AGO, expiresAt, null);
        await(keys.create(key, "root"));
        return key.id();
    }

    private static String id() {
        return UUID.randomUUID().toString().substring(0, 12);
    }

    /** The owner may not change keys either, as long as the rows are guarded from it. */
    private void lower(String key) {
        database.change("ALTER TABLE api_key NO FORCE ROW LEVEL SECURITY");
        database.change("UPDATE api_key SET roles = '{viewer}' WHERE id = ?", key);
        database.change("ALTER TABLE api_key FORCE ROW LEVEL SECURITY");
    }

    private ClaimedTurn asked(Optional<String> key) {
        var opened = await(conversations.open(ada, key, "s-1", "Restart it", "infraai:{chat}:g1"));
        var turn = ((Opened.Turn) opened).turn();
        return await(turns.claim(tenant, turn.id(), Duration.ofSeconds(30))).orElseThrow();
    }

    private Standing standing(ClaimedTurn turn) {
        return await(turns.record(turn, new Started(1), Usage.NONE))
                .orElseThrow()
                .standing();
    }
}
