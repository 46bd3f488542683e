@NullMarked
package io.infraai.gateway.alerts;

import org.jspecify.annotations.NullMarked;
