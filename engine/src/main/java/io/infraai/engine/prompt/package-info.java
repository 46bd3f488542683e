/** What a model is shown: who it is, what was said before, and what tools returned, fenced as the data it is. */
@NullMarked
package io.infraai.engine.prompt;

import org.jspecify.annotations.NullMarked;
