/** Looks for assets in a subnet by connecting to their TCP ports, without a scanner of others and without privileges. */
@NullMarked
package io.infraai.adapters.network;

import org.jspecify.annotations.NullMarked;
