@NullMarked
package io.infraai.gateway.mcp;

import org.jspecify.annotations.NullMarked;
