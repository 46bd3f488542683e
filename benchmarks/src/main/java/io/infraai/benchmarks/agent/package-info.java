/** The agent's loop and the way of a model's words to their reader, with a model that takes no time to think. */
@NullMarked
package io.infraai.benchmarks.agent;

import org.jspecify.annotations.NullMarked;
