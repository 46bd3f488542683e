/** Policies and their simulation. */
@NullMarked
package io.infraai.gateway.policies;

import org.jspecify.annotations.NullMarked;
