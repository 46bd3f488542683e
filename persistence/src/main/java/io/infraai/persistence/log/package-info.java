/** How much the processes of an installation log. */
@NullMarked
package io.infraai.persistence.log;

import org.jspecify.annotations.NullMarked;
