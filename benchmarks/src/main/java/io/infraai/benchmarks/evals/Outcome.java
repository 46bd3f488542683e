package io.infraai.benchmarks.evals;

/** A scenario, what was expected of it by the names that there were, what came of it, and how good that is. */
record Outcome(Scenario scenario, Observed observed, Score score) {}
