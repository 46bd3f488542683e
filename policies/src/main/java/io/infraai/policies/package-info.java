/** Reads, checks, matches and explains policies; knows no database and no network. */
@NullMarked
package io.infraai.policies;

import org.jspecify.annotations.NullMarked;
