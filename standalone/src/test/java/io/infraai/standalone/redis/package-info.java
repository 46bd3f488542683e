/** InfraAI with a Redis that fails over, is spread over nodes, or wants to be spoken to in private; on real servers. */
@NullMarked
package io.infraai.standalone.redis;

import org.jspecify.annotations.NullMarked;
