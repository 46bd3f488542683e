/** A small Prometheus that speaks the real query API on loopback. */
@NullMarked
package io.infraai.simulators.prometheus;

import org.jspecify.annotations.NullMarked;
