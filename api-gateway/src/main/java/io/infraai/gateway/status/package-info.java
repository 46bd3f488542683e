/** What is connected and queued, and the kill switch. */
@NullMarked
package io.infraai.gateway.status;

import org.jspecify.annotations.NullMarked;
