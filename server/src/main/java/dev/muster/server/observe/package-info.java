/**
 * Seeing it work: what the doors count, and the operator's port that shows it.
 *
 * <p>A door writes to its own {@link dev.muster.server.observe.DoorMeter}; the operator's port
 * reads all of them.
 */
@NullMarked
package dev.muster.server.observe;

import org.jspecify.annotations.NullMarked;
