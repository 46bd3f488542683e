/** Which schema is there, and whether it is one that this release can work on. */
@NullMarked
package io.infraai.persistence.schema;

import org.jspecify.annotations.NullMarked;
