/** Alertmanager through its HTTP API: alerts and silences. */
@NullMarked
package io.infraai.adapters.alertmanager;

import org.jspecify.annotations.NullMarked;
