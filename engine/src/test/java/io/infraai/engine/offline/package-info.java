@NullMarked
package io.infraai.engine.offline;

import org.jspecify.annotations.NullMarked;
