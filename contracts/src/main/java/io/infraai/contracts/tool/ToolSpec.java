package io.infraai.contracts.tool;

import java.time.Duration;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a tool is, for policies, people and models.
 *
 * @param name as policies and MCP clients call it
 * @param description one sentence, what it does
 * @param parameters the record its arguments are read into, in snake case; {@link Parameter} narrows a component
 * @param target canonical name of what it acts on, with {@code {parameter}} in braces, e.g.
 *     {@code k8s:{cluster}/{namespace}/pod/{pod_name}}: tasks with one target run one at a time; empty for tools that only look
 * @param timeout for one call
 * @param inputSchema JSON schema (2020-12) of its arguments
 */
public record ToolSpec<P extends Record>(
        String name,
        String description,
        Class<P> parameters,
        Risk risk,
        String target,
        Duration timeout,
        JsonNode inputSchema) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    /** With the schema that its parameters say. */
    public ToolSpec(String name, String description, Class<P> parameters, Risk risk, String target, Duration timeout) {
        this(name, description, parameters, risk, target, timeout, ParameterSchema.of(parameters));
    }

    public ToolSpec {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("A tool's name is lower snake case, unlike '" + name + "'");
        }
        if (risk != Risk.READS && target.isEmpty()) {
            throw new IllegalArgumentException("The tool " + name + " changes something and so must name its target");
        }
    }
}
