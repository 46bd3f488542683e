/** Episodes against policies: decisions and tasks. */
@NullMarked
package io.infraai.healing.evaluation;

import org.jspecify.annotations.NullMarked;
