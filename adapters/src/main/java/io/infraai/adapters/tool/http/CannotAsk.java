package io.infraai.adapters.tool.http;

import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.ToolResult.Failed;

/** Ends a request before or during its way; never leaves this package. */
final class CannotAsk extends RuntimeException {

    private final transient Failed failure;

    CannotAsk(FailureReason reason, String message) {
        super(message, null, false, false);
        this.failure = new Failed(reason, message);
    }

    Failed failure() {
        return failure;
    }
}
