/** The audit log: who did what to what, and when. */
@NullMarked
package io.infraai.contracts.audit;

import org.jspecify.annotations.NullMarked;
