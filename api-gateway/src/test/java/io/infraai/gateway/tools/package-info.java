@NullMarked
package io.infraai.gateway.tools;

import org.jspecify.annotations.NullMarked;
