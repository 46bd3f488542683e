/** How fast more workers empty a queue, and what an autoscaler sees of it meanwhile. */
@NullMarked
package io.infraai.benchmarks.drain;

import org.jspecify.annotations.NullMarked;
