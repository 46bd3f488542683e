/** A PostgreSQL and a Redis server that come along, for newcomers and tests. */
@NullMarked
package io.infraai.embedded;

import org.jspecify.annotations.NullMarked;
