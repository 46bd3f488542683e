@NullMarked
package io.infraai.gateway.guard;

import org.jspecify.annotations.NullMarked;
