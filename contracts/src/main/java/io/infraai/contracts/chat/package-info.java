/** Conversations: sessions, the turns in them, and what happens in a turn. */
@NullMarked
package io.infraai.contracts.chat;

import org.jspecify.annotations.NullMarked;
