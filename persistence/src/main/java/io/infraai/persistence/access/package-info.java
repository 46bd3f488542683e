/** API keys. */
@NullMarked
package io.infraai.persistence.access;

import org.jspecify.annotations.NullMarked;
