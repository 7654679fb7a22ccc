/**
 * Microbenchmarks of the swarms through their public face; run them with {@code checks/bench
 * store}.
 */
@NullMarked
package dev.muster.checks.benchmark;

import org.jspecify.annotations.NullMarked;
