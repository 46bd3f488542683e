@NullMarked
package io.infraai.gateway.assets;

import org.jspecify.annotations.NullMarked;
