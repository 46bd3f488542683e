@NullMarked
package io.infraai.gateway.request;

import org.jspecify.annotations.NullMarked;
