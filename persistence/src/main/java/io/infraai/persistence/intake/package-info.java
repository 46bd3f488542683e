/** Alerts in, episodes out. */
@NullMarked
package io.infraai.persistence.intake;

import org.jspecify.annotations.NullMarked;
