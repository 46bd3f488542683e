/** Approvals through all services. */
@NullMarked
package io.infraai.standalone.approval;

import org.jspecify.annotations.NullMarked;
