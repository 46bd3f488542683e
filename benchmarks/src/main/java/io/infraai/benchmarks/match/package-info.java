/** Finding an alert's policies, beside AWS Event Ruler and a plain scan. */
@NullMarked
package io.infraai.benchmarks.match;

import org.jspecify.annotations.NullMarked;
