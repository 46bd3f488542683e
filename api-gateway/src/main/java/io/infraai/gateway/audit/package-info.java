/** The audit log, for those who may look at it. */
@NullMarked
package io.infraai.gateway.audit;

import org.jspecify.annotations.NullMarked;
