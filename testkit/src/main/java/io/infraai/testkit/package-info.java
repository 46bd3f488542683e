/** What several modules' tests share. */
@NullMarked
package io.infraai.testkit;

import org.jspecify.annotations.NullMarked;
