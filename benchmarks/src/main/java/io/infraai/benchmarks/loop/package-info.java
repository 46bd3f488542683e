/** From the webhook to the finished task, beside a bare skeleton of the same steps on the same servers. */
@NullMarked
package io.infraai.benchmarks.loop;

import org.jspecify.annotations.NullMarked;
