/** Strict reading of what strangers send: bodies, query parameters, ids. */
@NullMarked
package io.infraai.gateway.request;

import org.jspecify.annotations.NullMarked;
