/** What the simulators of small HTTP APIs share: a server on loopback, its faults, and a log of its calls. */
@NullMarked
package io.infraai.simulators.http;

import org.jspecify.annotations.NullMarked;
