/** The tools that workers advertise. */
@NullMarked
package io.infraai.persistence.catalog;

import org.jspecify.annotations.NullMarked;
