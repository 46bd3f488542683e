/** Holds what is deployed to what the code needs, has and tells. */
@NullMarked
package io.infraai.standalone.deploy;

import org.jspecify.annotations.NullMarked;
