package io.infraai.persistence.conversation;

import java.util.List;
import java.util.UUID;

import io.vertx.mutiny.sqlclient.Row;

import io.infraai.contracts.chat.ChatTurn;
import io.infraai.contracts.chat.NumberedReply;
import io.infraai.contracts.chat.ReplyEvent;
import io.infraai.contracts.chat.TurnState;
import io.infraai.persistence.tenancy.Rows;
import io.infraai.persistence.tenancy.StoredJson;

/** Reads turns and events. */
final class TurnRows {

    static final String COLUMNS = "t.id, t.session_id, t.number, t.message, t.state, t.created_at, t.done_at";

    private TurnRows() {}

    static ChatTurn turn(Row row, List<StoredEvent> events) {
        var id = row.getUUID("id");
        return new ChatTurn(
                id,
                row.getString("session_id"),
                row.getInteger("number"),
                row.getString("message"),
                TurnState.of(row.getString("state")),
                events.stream()
                        .filter(event -> event.turnId().equals(id))
                        .map(StoredEvent::reply)
                        .toList(),
                Rows.time(row, "created_at"),
                Rows.timeOrNull(row, "done_at"));
    }

    record StoredEvent(UUID turnId, NumberedReply reply) {

        static StoredEvent of(Row row) {
            var event = StoredJson.read(row.getString("body"), ReplyEvent.class);
            return new StoredEvent(row.getUUID("turn_id"), new NumberedReply(row.getLong("sequence"), event));
        }
    }
}
