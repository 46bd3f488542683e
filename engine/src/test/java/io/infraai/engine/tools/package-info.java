@NullMarked
package io.infraai.engine.tools;

import org.jspecify.annotations.NullMarked;
