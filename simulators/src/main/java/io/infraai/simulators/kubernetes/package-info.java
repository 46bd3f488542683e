/** A small Kubernetes cluster that speaks the real HTTP API on loopback. */
@NullMarked
package io.infraai.simulators.kubernetes;

import org.jspecify.annotations.NullMarked;
