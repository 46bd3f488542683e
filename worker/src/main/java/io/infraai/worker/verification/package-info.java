/** Whether what was done helped, and what is done when it didn't. */
@NullMarked
package io.infraai.worker.verification;

import org.jspecify.annotations.NullMarked;
