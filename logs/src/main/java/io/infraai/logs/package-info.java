/** What all log lines have in common, whichever service writes them. */
@NullMarked
package io.infraai.logs;

import org.jspecify.annotations.NullMarked;
