/**
 * What the swarms' memory costs, in bytes and in pauses: {@code checks/bench memory} and {@code
 * checks/bench pauses}. Each figure comes from a process of its own.
 */
@NullMarked
package dev.muster.checks.memory;

import org.jspecify.annotations.NullMarked;
