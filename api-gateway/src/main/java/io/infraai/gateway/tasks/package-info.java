/** Tasks, as people see and steer them. */
@NullMarked
package io.infraai.gateway.tasks;

import org.jspecify.annotations.NullMarked;
