/** The guarded tool layer. */
@NullMarked
package io.infraai.gateway.tools;

import org.jspecify.annotations.NullMarked;
