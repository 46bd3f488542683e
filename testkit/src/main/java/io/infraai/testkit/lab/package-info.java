/** Where tests find the programs of others that {@code ./infraai lab} puts on this machine. */
@NullMarked
package io.infraai.testkit.lab;

import org.jspecify.annotations.NullMarked;
