@NullMarked
package io.infraai.engine.untrusted;

import org.jspecify.annotations.NullMarked;
