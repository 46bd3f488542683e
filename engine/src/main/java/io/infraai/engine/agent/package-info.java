/** The agent: a turn's state folded from its events, the next step from that state, and the engine that takes the steps. */
@NullMarked
package io.infraai.engine.agent;

import org.jspecify.annotations.NullMarked;
