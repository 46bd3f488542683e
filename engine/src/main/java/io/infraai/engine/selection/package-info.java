/** Which of many tools a language model is told of. */
@NullMarked
package io.infraai.engine.selection;

import org.jspecify.annotations.NullMarked;
