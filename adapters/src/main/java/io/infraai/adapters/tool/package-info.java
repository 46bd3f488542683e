/** The catalogue of all tools. */
@NullMarked
package io.infraai.adapters.tool;

import org.jspecify.annotations.NullMarked;
