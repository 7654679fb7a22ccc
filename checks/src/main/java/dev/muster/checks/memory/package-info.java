/**
 * What the swarms' memory costs, in bytes a peer: {@code checks/bench memory}. Each figure comes
 * from a process of its own.
 */
@NullMarked
package dev.muster.checks.memory;

import org.jspecify.annotations.NullMarked;
