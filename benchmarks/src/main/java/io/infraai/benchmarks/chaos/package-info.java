/** Everything dies while alerts come in; afterwards what was accepted is compared with what the cluster was made to do. */
@NullMarked
package io.infraai.benchmarks.chaos;

import org.jspecify.annotations.NullMarked;
