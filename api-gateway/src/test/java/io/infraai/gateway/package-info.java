@NullMarked
package io.infraai.gateway;

import org.jspecify.annotations.NullMarked;
