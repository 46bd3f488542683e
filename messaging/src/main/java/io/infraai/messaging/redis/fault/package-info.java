/** What becomes of an entry whose handler failed: one bean for each strategy, found by its identifier. */
@NullMarked
package io.infraai.messaging.redis.fault;

import org.jspecify.annotations.NullMarked;
