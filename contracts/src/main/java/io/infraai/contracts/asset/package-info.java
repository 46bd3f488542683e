/** What there is to look after: assets, where they were seen, and the look for more of them in a network. */
@NullMarked
package io.infraai.contracts.asset;

import org.jspecify.annotations.NullMarked;
