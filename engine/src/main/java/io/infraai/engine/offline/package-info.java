/** The model that needs no provider: it understands fixed kinds of questions, calls tools for them and tells what came. */
@NullMarked
package io.infraai.engine.offline;

import org.jspecify.annotations.NullMarked;
