/** Tasks, their states, and what became of them. */
@NullMarked
package io.infraai.contracts.remediation;

import org.jspecify.annotations.NullMarked;
