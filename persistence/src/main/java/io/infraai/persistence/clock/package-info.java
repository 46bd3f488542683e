/** The only source of this process' time and chance; what must hold across processes goes by the database's clock. */
@NullMarked
package io.infraai.persistence.clock;

import org.jspecify.annotations.NullMarked;
