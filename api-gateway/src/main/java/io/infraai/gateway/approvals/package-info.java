/** What people are asked before it is done. */
@NullMarked
package io.infraai.gateway.approvals;

import org.jspecify.annotations.NullMarked;
