/** The services as production runs them, for tests: each a process of its own. */
@NullMarked
package io.infraai.standalone.services;

import org.jspecify.annotations.NullMarked;
