@NullMarked
package io.infraai.gateway.status;

import org.jspecify.annotations.NullMarked;
