@NullMarked
package io.infraai.engine.reply;

import org.jspecify.annotations.NullMarked;
