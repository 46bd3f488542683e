/** Tools of other people's MCP servers, through all services. */
@NullMarked
package io.infraai.standalone.external;

import org.jspecify.annotations.NullMarked;
