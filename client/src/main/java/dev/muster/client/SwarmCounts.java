package dev.muster.client;

import java.net.URI;
import java.util.Set;

/**
 * How large a swarm is: the largest numbers that any tracker told, since each sees only a part.
 *
 * @param seeders who have all of it
 * @param leechers who have not
 * @param downloaded how often it was completed
 * @param trackers who know the swarm
 */
public record SwarmCounts(int seeders, int leechers, int downloaded, Set<URI> trackers) {
  /** Copies the set. */
  public SwarmCounts {
    trackers = Set.copyOf(trackers);
  }

  SwarmCounts and(SwarmCounts other) {
    Set<URI> both = new java.util.HashSet<>(trackers);
    both.addAll(other.trackers);
    return new SwarmCounts(
        Math.max(seeders, other.seeders),
        Math.max(leechers, other.leechers),
        Math.max(downloaded, other.downloaded),
        both);
  }
}
