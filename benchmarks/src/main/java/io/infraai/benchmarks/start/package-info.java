/** How long the packaged programs take to start and what they then keep in memory, and the rehearsal that their AOT caches come from. */
@NullMarked
package io.infraai.benchmarks.start;

import org.jspecify.annotations.NullMarked;
