/**
 * Seeing it work: what the doors count, and the operator's port that shows it.
 *
 * <p>A door writes to its own {@link dev.muster.server.observe.DoorMeter}. {@link
 * dev.muster.server.observe.OperatorDoor} takes a {@code Reading} of all meters and of what else
 * {@link dev.muster.server.observe.Observed} gives it, at most one a second, and tells it in three
 * ways: {@code Metrics}, {@code StatsJson} and {@code StatusPage}. Who may see them is decided by
 * {@code HostRule} and {@code TokenRule}; {@code OperatorPages} is where all of this meets, and
 * {@code OperatorHandler} is where it becomes HTTP.
 */
@NullMarked
package dev.muster.server.observe;

import org.jspecify.annotations.NullMarked;
