/** Looks into the inventory of assets. */
@NullMarked
package io.infraai.adapters.inventory;

import org.jspecify.annotations.NullMarked;
