/** Real peers that are installed on the machine; their tests carry the tag {@code lab} and are run by {@code ./infraai lab}. */
@NullMarked
package io.infraai.testkit.lab;

import org.jspecify.annotations.NullMarked;
