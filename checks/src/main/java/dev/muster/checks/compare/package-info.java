/**
 * Trackers side by side: {@link dev.muster.checks.compare.Compare} starts Muster and those others
 * it finds, gives all of them the same peers, and measures them in turn, again and again.
 *
 * <p>A {@link dev.muster.checks.compare.Contender} is what can be started; a {@link
 * dev.muster.checks.compare.Serving} one has been. The load comes from a small C program ({@code
 * checks/src/main/c}, run by {@link dev.muster.checks.compare.Generator}), since a generator in
 * Java would cost more than the tracker it measures. It announces a {@link
 * dev.muster.checks.compare.Population}; what a few seconds of that found is a {@link
 * dev.muster.checks.compare.Window}. A {@link dev.muster.checks.compare.Standing} sums windows up,
 * and {@link dev.muster.checks.compare.Table}, {@link dev.muster.checks.compare.Results} and {@link
 * dev.muster.checks.compare.Chart} show it.
 */
@NullMarked
package dev.muster.checks.compare;

import org.jspecify.annotations.NullMarked;
