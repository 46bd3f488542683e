/** The terminal client, without a terminal. */
@NullMarked
package io.infraai.standalone.client;

import org.jspecify.annotations.NullMarked;
