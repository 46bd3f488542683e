/** A small Alertmanager that speaks the real HTTP API on loopback. */
@NullMarked
package io.infraai.simulators.alertmanager;

import org.jspecify.annotations.NullMarked;
