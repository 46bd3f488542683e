/** What users see of a turn while it is worked on. */
@NullMarked
package io.infraai.engine.reply;

import org.jspecify.annotations.NullMarked;
