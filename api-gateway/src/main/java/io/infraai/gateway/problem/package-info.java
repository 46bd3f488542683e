/** Errors as RFC 9457 problems, in one place. */
@NullMarked
package io.infraai.gateway.problem;

import org.jspecify.annotations.NullMarked;
