/** Long texts, kept for a while. */
@NullMarked
package io.infraai.persistence.document;

import org.jspecify.annotations.NullMarked;
