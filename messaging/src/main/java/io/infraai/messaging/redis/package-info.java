/** A connector between SmallRye Reactive Messaging channels and Redis streams. */
@NullMarked
package io.infraai.messaging.redis;

import org.jspecify.annotations.NullMarked;
