/** Rings other services after a commit. */
@NullMarked
package io.infraai.gateway.bells;

import org.jspecify.annotations.NullMarked;
