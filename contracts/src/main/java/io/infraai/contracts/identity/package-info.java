/** Who asks: tenants, actors, roles and what they may do. */
@NullMarked
package io.infraai.contracts.identity;

import org.jspecify.annotations.NullMarked;
