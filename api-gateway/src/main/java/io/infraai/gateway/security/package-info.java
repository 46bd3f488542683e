/** Who is asking, and what they may do. */
@NullMarked
package io.infraai.gateway.security;

import org.jspecify.annotations.NullMarked;
