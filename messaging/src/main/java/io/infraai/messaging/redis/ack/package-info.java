/** How acknowledgements reach Redis. */
@NullMarked
package io.infraai.messaging.redis.ack;

import org.jspecify.annotations.NullMarked;
