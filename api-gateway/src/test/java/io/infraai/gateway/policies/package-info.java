@NullMarked
package io.infraai.gateway.policies;

import org.jspecify.annotations.NullMarked;
