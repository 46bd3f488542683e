/** Decisions, tasks and their life, one interface for each role. */
@NullMarked
package io.infraai.persistence.task;

import org.jspecify.annotations.NullMarked;
