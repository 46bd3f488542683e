/** Puts questions to a running InfraAI whose platforms are simulated, and judges what it answered and what it did. */
@NullMarked
package io.infraai.benchmarks.evals;

import org.jspecify.annotations.NullMarked;
