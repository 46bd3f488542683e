/** The guarded tool layer as an MCP server: what people and models call over the Model Context Protocol. */
@NullMarked
package io.infraai.gateway.mcp;

import org.jspecify.annotations.NullMarked;
