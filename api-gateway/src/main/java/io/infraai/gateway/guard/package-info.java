/** What is refused before anything is routed or authenticated. */
@NullMarked
package io.infraai.gateway.guard;

import org.jspecify.annotations.NullMarked;
