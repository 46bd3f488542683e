/** What every tool of a kind must do, as tests that an implementation's own test inherits. */
@NullMarked
package io.infraai.testkit.tool;

import org.jspecify.annotations.NullMarked;
