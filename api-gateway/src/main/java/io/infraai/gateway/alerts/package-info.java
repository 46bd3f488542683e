/** The webhook, and the episodes that came of it. */
@NullMarked
package io.infraai.gateway.alerts;

import org.jspecify.annotations.NullMarked;
