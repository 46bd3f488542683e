/** The audit log and the chain over it. */
@NullMarked
package io.infraai.persistence.audit;

import org.jspecify.annotations.NullMarked;
