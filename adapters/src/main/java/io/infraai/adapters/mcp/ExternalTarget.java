package io.infraai.adapters.mcp;

/**
 * What a call is meant for: the tool as it was accepted.
 *
 * @param pin see {@link Offer#pin()}
 */
record ExternalTarget(String server, String tool, String pin) {}
