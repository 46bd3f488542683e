/** All services in one process, on a PostgreSQL and a Redis that come along, for whoever wants to try or to develop. */
@NullMarked
package io.infraai.standalone;

import org.jspecify.annotations.NullMarked;
