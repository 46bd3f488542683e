package io.infraai.engine.turn;

import io.infraai.contracts.chat.ToolRequest;

public record Call(ToolRequest request, CallState state) {

    Call now(CallState next) {
        return new Call(request, next);
    }

    public boolean finished() {
        return state instanceof CallState.Finished;
    }
}
