/** The inventory, and the look for more assets. */
@NullMarked
package io.infraai.gateway.assets;

import org.jspecify.annotations.NullMarked;
