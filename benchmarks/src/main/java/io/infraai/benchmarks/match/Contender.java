package io.infraai.benchmarks.match;

import java.util.Set;

/** One way from an alert's JSON to the policies that it meets. */
interface Contender {

    String name();

    /** How many are met: what is timed. */
    int count(JsonAlert alert);

    /** Which are met: what the contenders must agree on. */
    Set<Long> ids(JsonAlert alert);
}
