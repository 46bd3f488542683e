package io.infraai.engine.untrusted;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.infraai.contracts.chat.ReplyEvent;
import io.infraai.contracts.chat.ToolRequest;
import io.infraai.contracts.chat.Usage;
import io.infraai.contracts.identity.Actor;
import io.infraai.contracts.identity.Role;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.engine.turn.Progress;
import io.infraai.persistence.conversation.ClaimedTurn;

/** Turns in which tools were called, one a round. */
final class Turns {

    private Turns() {}

    static ClaimedTurn asked(String message) {
        var ada = new Actor(TenantId.DEFAULT, "ada", Set.of(Role.OPERATOR));
        return new ClaimedTurn(ada, MaskedTest.TURN, "s", message, 1, 1, List.of(), "", List.of(), Duration.ZERO, null);
    }

    /**
     * @param results each a tool, its arguments and its detail
     */
    static Progress after(String... results) {
        var events = new ArrayList<ReplyEvent>();
        for (int i = 0; i + 2 < results.length; i += 3) {
            var call = "c" + (i / 3 + 1) + "-1";
            var arguments = (ObjectNode) MaskedTest.json(results[i + 1]);
            events.add(new ReplyEvent.Reasoned(
                    "", List.of(new ToolRequest(call, results[i], arguments)), "scripted", Usage.NONE));
            events.add(
                    new ReplyEvent.ToolFinished(call, results[i], new Done("Done", MaskedTest.json(results[i + 2]))));
        }
        return Progress.of(events);
    }
}
