/**
 * The library that applications embed to announce themselves to trackers and to find peers.
 *
 * <p>Not yet built: this package holds the place. It will announce to redundant trackers, come back
 * on time, fail over, merge and prune what they answer, and depend on the JDK and {@code
 * dev.muster.protocol} alone.
 */
@NullMarked
package dev.muster.client;

import org.jspecify.annotations.NullMarked;
