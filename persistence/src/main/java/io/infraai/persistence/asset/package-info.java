/** The assets of each tenant, and the looks for more of them. */
@NullMarked
package io.infraai.persistence.asset;

import org.jspecify.annotations.NullMarked;
