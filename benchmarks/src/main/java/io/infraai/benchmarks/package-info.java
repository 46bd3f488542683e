/** Measures InfraAI beside its yardsticks: both in one run, in turns, on the same input, their answers compared. */
@NullMarked
package io.infraai.benchmarks;

import org.jspecify.annotations.NullMarked;
