@NullMarked
package io.infraai.gateway.approvals;

import org.jspecify.annotations.NullMarked;
