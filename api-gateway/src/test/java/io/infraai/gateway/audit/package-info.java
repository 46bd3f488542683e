@NullMarked
package io.infraai.gateway.audit;

import org.jspecify.annotations.NullMarked;
