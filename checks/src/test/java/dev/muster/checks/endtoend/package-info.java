/**
 * Real clients, a real tracker, real sockets.
 *
 * <p>{@link dev.muster.checks.endtoend.TransferTest} has two BitTorrent programs of other makers
 * exchange a file that nobody but Muster could have introduced them for. {@link
 * dev.muster.checks.endtoend.Tracker} is the packaged program as a user starts it, {@link
 * dev.muster.checks.endtoend.Client} one maker's program, {@link
 * dev.muster.checks.endtoend.OwnProcess} a process that never outlives its test. What they wrote is
 * kept under {@code target/endtoend}.
 */
@NullMarked
package dev.muster.checks.endtoend;

import org.jspecify.annotations.NullMarked;
