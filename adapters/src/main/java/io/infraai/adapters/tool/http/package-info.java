/** How platforms with a JSON API over HTTP are asked: bounded, authenticated, at one address, each request once. */
@NullMarked
package io.infraai.adapters.tool.http;

import org.jspecify.annotations.NullMarked;
