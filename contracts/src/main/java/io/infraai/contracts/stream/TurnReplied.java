package io.infraai.contracts.stream;

import java.util.UUID;

import io.infraai.contracts.chat.NumberedReply;
import io.infraai.contracts.identity.TenantId;

/** Something happened in a turn. */
public record TurnReplied(TenantId tenant, String sessionId, UUID turnId, NumberedReply reply) {}
