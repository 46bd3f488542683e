/** The terminal client, without a terminal. */
@NullMarked
package io.infraai.standalone.chat;

import org.jspecify.annotations.NullMarked;
