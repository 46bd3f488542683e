package io.infraai.engine.agent;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.mutiny.Uni;

import io.infraai.contracts.chat.ChatTurn;
import io.infraai.contracts.chat.NumberedReply;
import io.infraai.contracts.chat.ReplyEvent;
import io.infraai.contracts.chat.TurnState;
import io.infraai.contracts.identity.Actor;
import io.infraai.contracts.stream.TurnRung;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.ToolDescription;
import io.infraai.contracts.tool.ToolKind;
import io.infraai.engine.bells.Bells;
import io.infraai.persistence.catalog.ToolDirectory;
import io.infraai.persistence.conversation.Conversations;
import io.infraai.persistence.conversation.Conversations.Opened;

import static org.awaitility.Awaitility.await;

/** Talks to the engine as a gateway does. */
@ApplicationScoped
class Chats {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Where a gateway would listen. */
    static final String REPLY_TO = "infraai:{chat}:test";

    private final Conversations conversations;
    private final Bells bells;

    private final ToolDirectory directory;

    Chats(Conversations conversations, Bells bells, ToolDirectory directory) {
        this.conversations = conversations;
        this.bells = bells;
        this.directory = directory;
    }

    /** A tool that changes something, as a worker that isn't there would advertise it. */
    void advertisePressButton() {
        var schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        schema.putObject("properties").putObject("name").put("type", "string");
        var press = new ToolDescription(
                "press_button",
                "Presses a button",
                ToolKind.ONE_SHOT,
                Risk.CHANGES,
                "button:{name}",
                Duration.ofSeconds(5),
                schema);
        now(directory.advertise("worker", false, List.of(press)));
    }

    ChatTurn ask(Actor actor, String session, String message) {
        return ring(actor, open(actor, session, message));
    }

    /** With a key, which says what the turn may do. */
    ChatTurn ask(Actor actor, String keyId, String session, String message) {
        return ring(actor, open(actor, Optional.of(keyId), session, message));
    }

    private ChatTurn ring(Actor actor, ChatTurn turn) {
        bells.turnDue(new TurnRung(actor.tenant(), turn.id())).subscribe().with(_ -> {});
        return turn;
    }

    /** Without a bell: the sweeper's. */
    ChatTurn open(Actor actor, String session, String message) {
        return open(actor, Optional.empty(), session, message);
    }

    private ChatTurn open(Actor actor, Optional<String> keyId, String session, String message) {
        return ((Opened.Turn) now(conversations.open(actor, keyId, session, message, REPLY_TO))).turn();
    }

    ChatTurn turn(Actor actor, ChatTurn asked) {
        return now(conversations.turn(actor, asked.id())).orElseThrow();
    }

    ChatTurn ended(Actor actor, ChatTurn asked) {
        return await().atMost(PATIENCE)
                .until(() -> turn(actor, asked), turn -> turn.state().ended());
    }

    ChatTurn inState(Actor actor, ChatTurn asked, TurnState state) {
        return await().atMost(PATIENCE).until(() -> turn(actor, asked), turn -> turn.state() == state);
    }

    static ReplyEvent last(ChatTurn turn) {
        return turn.events().getLast().event();
    }

    static <E extends ReplyEvent> List<E> eventsOf(ChatTurn turn, Class<E> type) {
        return turn.events().stream()
                .map(NumberedReply::event)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    static String unique(String prefix) {
        return prefix + UUID.randomUUID().toString().substring(0, 8);
    }

    static <T> T now(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }
}
