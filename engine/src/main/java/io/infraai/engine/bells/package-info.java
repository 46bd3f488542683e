/** What engines ring for other services, and for each other. */
@NullMarked
package io.infraai.engine.bells;

import org.jspecify.annotations.NullMarked;
