/** What strangers can write into systems: kept from models where nobody needs it, and never a name to act on. */
@NullMarked
package io.infraai.engine.untrusted;

import org.jspecify.annotations.NullMarked;
