/** Kubernetes through the fabric8 client. */
@NullMarked
package io.infraai.adapters.kubernetes;

import org.jspecify.annotations.NullMarked;
