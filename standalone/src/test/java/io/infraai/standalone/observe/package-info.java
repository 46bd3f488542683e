/** What an operator sees of the services: traces and log lines of processes as production runs them. */
@NullMarked
package io.infraai.standalone.observe;

import org.jspecify.annotations.NullMarked;
