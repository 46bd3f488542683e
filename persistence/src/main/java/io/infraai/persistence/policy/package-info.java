/** Policies, their revisions and their changes. */
@NullMarked
package io.infraai.persistence.policy;

import org.jspecify.annotations.NullMarked;
