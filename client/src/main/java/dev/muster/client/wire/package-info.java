/**
 * How trackers are asked: UDP (BEP 15, 41), HTTP and HTTPS (BEP 3, 7, 23, 24, 31, 48), each over
 * IPv4 and IPv6 at once. Not exported: applications see {@code dev.muster.client}.
 *
 * <p>{@link dev.muster.client.wire.TrackerTransport} is the face, {@link
 * dev.muster.client.wire.NetworkTransport} what is behind it. DNS preferences (BEP 34) and
 * WebSocket trackers are not there yet. A tracker is taken for hostile: whatever it sends ends in a
 * {@link dev.muster.client.wire.TrackerAnswer} within bounds or in a {@link
 * dev.muster.client.wire.TrackerFailure}, and no later than the caller said.
 */
@NullMarked
package dev.muster.client.wire;

import org.jspecify.annotations.NullMarked;
