/** A language model's server that says what a test wants it to say. */
@NullMarked
package io.infraai.testkit.model;

import org.jspecify.annotations.NullMarked;
