/**
 * How long a start takes, as whoever waits for an answer sees it: {@link
 * dev.muster.checks.start.StartBench}, {@code checks/bench start}.
 */
@NullMarked
package dev.muster.checks.start;

import org.jspecify.annotations.NullMarked;
