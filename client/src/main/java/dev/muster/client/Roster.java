package dev.muster.client;

import dev.muster.protocol.metainfo.Link;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The trackers of a membership, in tiers.
 *
 * @param tiers none of them empty
 */
record Roster(List<List<URI>> tiers) {
  /** Trackers of a link that are asked; a link with more was made to do harm. */
  static final int MOST = 64;

  /** A link with fewer gets the application's own besides. */
  static final int ENOUGH = 3;

  private static final Set<String> SPOKEN = Set.of("udp", "http", "https");

  /**
   * Those of the link, each once, in the random order that BEP 12 wants within each tier; and those
   * of the application if they are too few, unless the link is private.
   */
  static Roster of(Link link, List<URI> builtIn, RandomGenerator random) {
    Set<URI> seen = new HashSet<>();
    List<List<URI>> tiers = new ArrayList<>();
    for (List<URI> tier : link.trackers()) {
      add(tier, seen, tiers, random);
    }
    if (seen.size() < ENOUGH && !link.isPrivate()) {
      add(builtIn, seen, tiers, random);
    }
    return new Roster(List.copyOf(tiers));
  }

  private static void add(
      List<URI> from, Set<URI> seen, List<List<URI>> to, RandomGenerator random) {
    List<URI> tier = new ArrayList<>();
    for (URI tracker : from) {
      if (seen.size() < MOST && isSpoken(tracker) && seen.add(tracker)) {
        tier.add(tracker);
      }
    }
    if (!tier.isEmpty()) {
      Collections.shuffle(tier, random);
      to.add(List.copyOf(tier));
    }
  }

  static boolean isSpoken(URI tracker) {
    return tracker.getScheme() != null
        && SPOKEN.contains(tracker.getScheme().toLowerCase(Locale.ROOT));
  }
}
