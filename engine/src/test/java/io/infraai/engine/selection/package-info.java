@NullMarked
package io.infraai.engine.selection;

import org.jspecify.annotations.NullMarked;
