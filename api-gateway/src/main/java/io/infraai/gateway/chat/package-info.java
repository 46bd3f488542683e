/** Conversations, as their users meet them: over HTTP, as server-sent events, over a WebSocket. */
@NullMarked
package io.infraai.gateway.chat;

import org.jspecify.annotations.NullMarked;
