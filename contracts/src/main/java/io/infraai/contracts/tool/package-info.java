/** What InfraAI can look at or change: the tool SPI, and how tools are described to others. */
@NullMarked
package io.infraai.contracts.tool;

import org.jspecify.annotations.NullMarked;
