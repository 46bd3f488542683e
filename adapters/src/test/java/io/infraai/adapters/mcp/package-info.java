@NullMarked
package io.infraai.adapters.mcp;

import org.jspecify.annotations.NullMarked;
