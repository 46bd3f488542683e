/** A small Grafana that speaks the real HTTP API on loopback. */
@NullMarked
package io.infraai.simulators.grafana;

import org.jspecify.annotations.NullMarked;
