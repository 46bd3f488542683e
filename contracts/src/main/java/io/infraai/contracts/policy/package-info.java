/** Policies: which alerts they are for, and what they ask to be done. */
@NullMarked
package io.infraai.contracts.policy;

import org.jspecify.annotations.NullMarked;
