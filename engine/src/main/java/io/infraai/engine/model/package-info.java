/** Language models: which are configured, in which order they are asked, and what comes of it. */
@NullMarked
package io.infraai.engine.model;

import org.jspecify.annotations.NullMarked;
