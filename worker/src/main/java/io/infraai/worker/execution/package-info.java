/** A task in a worker's hands: claim, target, intent, call, outcome. */
@NullMarked
package io.infraai.worker.execution;

import org.jspecify.annotations.NullMarked;
