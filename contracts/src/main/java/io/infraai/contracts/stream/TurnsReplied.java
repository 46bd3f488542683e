package io.infraai.contracts.stream;

import java.util.List;

/** What happened in turns that one gateway instance follows; rung by an engine on that instance's stream. */
public record TurnsReplied(List<TurnReplied> replies) {

    public TurnsReplied {
        replies = List.copyOf(replies);
    }
}
