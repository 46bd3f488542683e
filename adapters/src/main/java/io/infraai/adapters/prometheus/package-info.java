/** Prometheus through its HTTP API. */
@NullMarked
package io.infraai.adapters.prometheus;

import org.jspecify.annotations.NullMarked;
