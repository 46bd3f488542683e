/** Chat sessions, their turns and what happened in them. */
@NullMarked
package io.infraai.persistence.conversation;

import org.jspecify.annotations.NullMarked;
