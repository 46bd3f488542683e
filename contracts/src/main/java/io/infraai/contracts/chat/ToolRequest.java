package io.infraai.contracts.chat;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A tool call that a model asked for. All of it is the model's text: nothing in it is checked yet.
 *
 * @param callId unique within its turn
 * @param arguments an object, or the model's text where that was no JSON
 */
public record ToolRequest(String callId, String tool, JsonNode arguments) {}
