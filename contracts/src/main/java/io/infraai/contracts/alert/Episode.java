package io.infraai.contracts.alert;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.infraai.contracts.identity.TenantId;

/**
 * One unbroken firing of an alert as InfraAI knows it.
 *
 * @param seq counts the episodes of one alert key, from 1
 * @param traceparent the W3C trace context that its alert was taken in with; absent when that wasn't traced
 * @param open whether the alert is still known to fire
 */
public record Episode(
        TenantId tenant,
        UUID id,
        AlertKey alertKey,
        int seq,
        Alert alert,
        Instant openedAt,
        boolean open,
        @Nullable String traceparent) {}
