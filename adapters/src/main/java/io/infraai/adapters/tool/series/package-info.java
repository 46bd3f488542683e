/** Numbers over time, told in a few words. */
@NullMarked
package io.infraai.adapters.tool.series;

import org.jspecify.annotations.NullMarked;
