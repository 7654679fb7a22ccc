/**
 * Who has what, since when: the swarms of one tracker, packed.
 *
 * <p>{@link dev.muster.swarm.Swarms} is the whole public face. {@code announce} files a peer and
 * writes others of its swarm into a {@link dev.muster.swarm.PeerSink}; {@code touch} warms the
 * caches for a batch of announces to come; {@code counts} counts; {@code sweep} forgets, in bounded
 * steps, who has not come back. Time is an argument everywhere.
 */
@NullMarked
package dev.muster.swarm;

import org.jspecify.annotations.NullMarked;
