/** How much is logged, changed at run time. */
@NullMarked
package io.infraai.gateway.logs;

import org.jspecify.annotations.NullMarked;
