/** An inventory in memory. */
@NullMarked
package io.infraai.testkit.asset;

import org.jspecify.annotations.NullMarked;
