/** The terminal client of the chat: {@code ./infraai chat}. */
@NullMarked
package io.infraai.standalone.chat;

import org.jspecify.annotations.NullMarked;
