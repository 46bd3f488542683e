/** What holds an automatic action back although its policy matches. */
@NullMarked
package io.infraai.healing.guard;

import org.jspecify.annotations.NullMarked;
