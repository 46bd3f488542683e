package io.infraai.contracts.chat;

import java.time.Instant;

/**
 * @param title the beginning of its first message
 */
public record ChatSession(String id, String title, int turns, Instant createdAt, Instant lastUsedAt) {}
