/** Against real peers that are installed on the machine; run by {@code ./infraai lab}. */
@NullMarked
package io.infraai.standalone.lab;

import org.jspecify.annotations.NullMarked;
