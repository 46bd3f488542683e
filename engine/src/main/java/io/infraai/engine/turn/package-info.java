/** A turn's state, folded from its events. */
@NullMarked
package io.infraai.engine.turn;

import org.jspecify.annotations.NullMarked;
