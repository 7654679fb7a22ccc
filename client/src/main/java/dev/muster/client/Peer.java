package dev.muster.client;

import dev.muster.protocol.id.Endpoint;
import java.net.URI;
import java.time.Instant;
import java.util.Set;

/**
 * Another member of a swarm, and how fresh the news of it is.
 *
 * @param endpoint where it listens
 * @param lastSeen the check-in date: when a tracker last named it, by this machine's clock; for one
 *     from the cache, when the application last reached it; for one that the link names, {@link
 *     Instant#EPOCH}, since links do not say
 * @param trackers who named it; empty for one from the cache or the link
 * @param origin how it became known
 */
public record Peer(Endpoint endpoint, Instant lastSeen, Set<URI> trackers, Origin origin) {
  /** Ways to hear of a peer. */
  public enum Origin {
    /** A tracker named it. */
    TRACKER,
    /** The application reached it some other day. */
    CACHE,
    /** The link names it ({@code x.pe}, BEP 9). */
    LINK
  }

  /** Copies the set. */
  public Peer {
    trackers = Set.copyOf(trackers);
  }
}
