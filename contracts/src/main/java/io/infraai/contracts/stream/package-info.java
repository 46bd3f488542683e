/** The bells that services ring for each other over Redis streams. */
@NullMarked
package io.infraai.contracts.stream;

import org.jspecify.annotations.NullMarked;
