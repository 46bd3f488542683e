package io.infraai.engine.agent;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

import jakarta.inject.Inject;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.chat.ChatTurn;
import io.infraai.contracts.chat.ReplyEvent.Completed;
import io.infraai.contracts.chat.ReplyEvent.Failed;
import io.infraai.contracts.chat.ReplyEvent.TaskAsked;
import io.infraai.contracts.chat.ReplyEvent.ToolFinished;
import io.infraai.contracts.chat.TurnFailure;
import io.infraai.contracts.chat.TurnState;
import io.infraai.contracts.identity.Actor;
import io.infraai.contracts.identity.Role;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.engine.model.ModelEvent;
import io.infraai.persistence.access.ApiKeyStore;
import io.infraai.persistence.access.ApiKeyStore.ApiKey;
import io.infraai.testkit.EmbeddedServices;

import static io.infraai.engine.agent.Chats.eventsOf;
import static io.infraai.engine.agent.Chats.last;
import static io.infraai.engine.agent.Chats.now;
import static io.infraai.engine.agent.Chats.unique;
import static io.infraai.engine.agent.ScriptedModels.call;
import static io.infraai.engine.agent.ScriptedModels.results;
import static io.infraai.engine.agent.ScriptedModels.says;
import static io.infraai.engine.agent.ScriptedModels.wants;
import static org.assertj.core.api.Assertions.assertThat;

/** A turn may do what its user's key gives when a tool is called, and not what it gave when the question was asked. */
@QuarkusTest
@QuarkusTestResource(EmbeddedServices.class)
class RightsTest {

    private static final TenantId TENANT = new TenantId("default");

    @Inject
    ApiKeyStore keys;

    @Inject
    Chats chats;

    @Inject
    ScriptedModels models;

    @Inject
    LookUp lookUp;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String database;

    @ConfigProperty(name = "quarkus.flyway.username")
    String owner;

    @ConfigProperty(name = "quarkus.flyway.password")
    String ownersWord;

    private final String message = "m-" + UUID.randomUUID();
    private final Actor ada = new Actor(TENANT, "key:" + unique("ada"), Set.of(Role.OPERATOR));

    @BeforeEach
    void advertiseAToolThatChangesSomething() {
        chats.advertisePressButton();
    }

    @Test
    void aChangeIsRefusedOnceTheKeysRoleWasLowered() {
        var key = key();
        models.script(message, request -> switch (results(request).size()) {
            case 0 -> wants(call("look_up", "{\"name\":\"a\"}"));
            case 1 -> after(() -> lower(key), call("press_button", "{\"name\":\"red\"}"));
            default -> says("You may not.");
        });

        var turn = ended(key);

        assertThat(eventsOf(turn, TaskAsked.class)).isEmpty();
        assertThat(eventsOf(turn, ToolFinished.class).getLast().result())
                .isInstanceOfSatisfying(ToolResult.Failed.class, failed -> {
                    assertThat(failed.reason()).isEqualTo(FailureReason.NOT_PERMITTED);
                    assertThat(failed.message())
                            .isEqualTo(ada.subject()
                                    + " may not call press_button: ask somebody with the right to call changing tools");
                });
        assertThat(last(turn)).isInstanceOf(Completed.class);
    }

    @Test
    void aTurnEndsOnceItsKeyWasRevoked() {
        var key = key();
        var name = unique("after-");
        models.script(
                message,
                _ -> after(
                        () -> now(keys.revoke(TENANT, key, "root")), call("look_up", "{\"name\":\"" + name + "\"}")));

        var turn = ended(key);

        assertThat(turn.state()).isEqualTo(TurnState.FAILED);
        assertThat(last(turn)).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(TurnFailure.ACCESS_ENDED);
            assertThat(failed.message()).contains("revoked");
        });
        assertThat(lookUp.looks(name)).as("not even a look").isZero();
    }

    @Test
    void whatIsAskedWithARevokedKeyIsNotBegun() {
        var key = key();
        now(keys.revoke(TENANT, key, "root"));
        models.script(message, _ -> says("Yes?"));

        assertThat(last(ended(key)))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.reason()).isEqualTo(TurnFailure.ACCESS_ENDED));
        assertThat(models.requests(message)).isEmpty();
    }

    /** While the model thinks, on a thread that may wait. */
    private static Multi<ModelEvent> after(Runnable deed, ToolExecutionRequest call) {
        return Multi.createFrom()
                .deferred(() -> {
                    deed.run();
                    return wants(call);
                })
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private ChatTurn ended(String key) {
        return chats.ended(ada, chats.ask(ada, key, "s-" + message, message));
    }

    private String key() {
        var id = UUID.randomUUID().toString().substring(0, 12);
        now(keys.create(
                new ApiKey(
                        TENANT,
                        id,
                        ada.subject(),
                        "hash",
                        ada.roles(),
                        Instant.parse("2026-01-01T00:00:00Z"),
                        null,
                        null),
                "root"));
        return id;
    }

    /** Not even the schema's owner may, as long as the rows are guarded from it too. */
    private void lower(String key) {
        try (var connection = DriverManager.getConnection(database, owner, ownersWord);
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("ALTER TABLE api_key NO FORCE ROW LEVEL SECURITY");
            statement.execute("UPDATE api_key SET roles = '{viewer}' WHERE id = '" + key + "'");
            statement.execute("ALTER TABLE api_key FORCE ROW LEVEL SECURITY");
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
