/**
 * The architecture as tests, here since this module sees all others. Each rule has a companion that shows it a class from a
 * package {@code fixture} which breaks it: a rule that finds nothing in it checks nothing.
 */
@NullMarked
package io.infraai.standalone.architecture;

import org.jspecify.annotations.NullMarked;
