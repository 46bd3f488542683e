package io.infraai.adapters.mcp;

import io.infraai.contracts.tool.FailureReason;

/** Whether a tool may be called now. */
sealed interface Standing {

    record Accepted(Offer offer) implements Standing {}

    record Refused(FailureReason reason, String why) implements Standing {}
}
