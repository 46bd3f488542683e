/** Carries the W3C trace context in the fields of entries. */
@NullMarked
package io.infraai.messaging.redis.tracing;

import org.jspecify.annotations.NullMarked;
