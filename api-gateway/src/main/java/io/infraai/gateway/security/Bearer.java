package io.infraai.gateway.security;

import io.infraai.contracts.identity.Actor;

/**
 * Whoever a key let in.
 *
 * @param keyId the key's public part
 */
public record Bearer(String keyId, Actor actor) {}
