/** Tools of other people's MCP servers. What these say is data; what they offer is used as far as an admin accepted it. */
@NullMarked
package io.infraai.adapters.mcp;

import org.jspecify.annotations.NullMarked;
