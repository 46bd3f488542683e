/** Alerts as Prometheus and Alertmanager know them, and the episodes InfraAI makes of them. */
@NullMarked
package io.infraai.contracts.alert;

import org.jspecify.annotations.NullMarked;
