/** Tools that only look, run with this service's read-only credentials for whoever asks. */
@NullMarked
package io.infraai.engine.tools;

import org.jspecify.annotations.NullMarked;
