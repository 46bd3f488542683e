/** Grafana through its HTTP API: dashboards, the queries of their panels, and annotations. */
@NullMarked
package io.infraai.adapters.grafana;

import org.jspecify.annotations.NullMarked;
