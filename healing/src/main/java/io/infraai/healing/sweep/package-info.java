/** What is done every second for episodes that nobody rang for. */
@NullMarked
package io.infraai.healing.sweep;

import org.jspecify.annotations.NullMarked;
