/** What is done every second for tasks that nobody rang for. */
@NullMarked
package io.infraai.worker.sweep;

import org.jspecify.annotations.NullMarked;
