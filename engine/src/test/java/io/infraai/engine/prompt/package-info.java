@NullMarked
package io.infraai.engine.prompt;

import org.jspecify.annotations.NullMarked;
