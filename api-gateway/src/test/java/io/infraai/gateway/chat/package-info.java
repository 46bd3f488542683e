/** Talking to the gateway, with an engine that does what a test tells it to. */
@NullMarked
package io.infraai.gateway.chat;

import org.jspecify.annotations.NullMarked;
