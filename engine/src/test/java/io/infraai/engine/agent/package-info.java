@NullMarked
package io.infraai.engine.agent;

import org.jspecify.annotations.NullMarked;
