package io.infraai.contracts.alert;

import java.time.Instant;
import java.util.UUID;

import io.infraai.contracts.identity.TenantId;

/**
 * One unbroken firing of an alert as InfraAI knows it.
 *
 * @param seq counts the episodes of one alert key, from 1
 * @param open whether the alert is still known to fire
 */
public record Episode(
        TenantId tenant, UUID id, AlertKey alertKey, int seq, Alert alert, Instant openedAt, boolean open) {}
