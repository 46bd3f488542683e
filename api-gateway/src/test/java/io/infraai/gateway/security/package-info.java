@NullMarked
package io.infraai.gateway.security;

import org.jspecify.annotations.NullMarked;
