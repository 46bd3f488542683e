/** A collector of traces that tests can look into. */
@NullMarked
package io.infraai.testkit.trace;

import org.jspecify.annotations.NullMarked;
