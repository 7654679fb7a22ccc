package dev.muster.swarm;

import dev.muster.protocol.announce.Announce;
import org.jspecify.annotations.Nullable;

/**
 * Which address prefixes (IPv4 /24, IPv6 /48) have opened the most swarms of late: when memory runs
 * short, they are the first to be refused more.
 *
 * <p>The counters of the heaviest few, by the space-saving method (Metwally, Agrawal, El Abbadi,
 * 2005): a newcomer takes over the smallest counter, so that whoever opens more than one in {@value
 * #PLACES} of all swarms is surely among them. All counters are halved now and then, so that the
 * past fades. One ledger a stripe; used under its lock.
 */
final class PrefixLedger {
  private static final int PLACES = 16;

  /** After so many openings all counters are halved. */
  private static final int FADE_AFTER = 4096;

  /** A prefix is heavy if it has opened one in so many of all that are counted... */
  private static final int HEAVY_PART = 8;

  /** ...and at least this many. */
  private static final int HEAVY_LEAST = 16;

  private long @Nullable [] prefixes;
  private int @Nullable [] opened;
  private int total;

  void opened(Announce in) {
    if (prefixes == null || opened == null) {
      prefixes = new long[PLACES];
      opened = new int[PLACES];
    }
    long prefix = prefixOf(in);
    int place = placeOf(prefix);
    if (place < 0) {
      place = 0;
      for (int i = 1; i < PLACES; i++) {
        if (opened[i] < opened[place]) {
          place = i;
        }
      }
      prefixes[place] = prefix;
    }
    opened[place]++;
    if (++total >= FADE_AFTER) {
      total = 0;
      for (int i = 0; i < PLACES; i++) {
        opened[i] >>= 1;
        total += opened[i];
      }
    }
  }

  /** Whether the announcing peer's prefix is one of those that have opened the most. */
  boolean isHeavy(Announce in) {
    if (opened == null) {
      return false;
    }
    int place = placeOf(prefixOf(in));
    return place >= 0 && opened[place] >= HEAVY_LEAST && (long) opened[place] * HEAVY_PART >= total;
  }

  private int placeOf(long prefix) {
    if (prefixes != null) {
      for (int i = 0; i < PLACES; i++) {
        if (prefixes[i] == prefix) {
          return i;
        }
      }
    }
    return -1;
  }

  /** Never 0: IPv6 prefixes carry a mark that tells them from IPv4's. */
  private static long prefixOf(Announce in) {
    return switch (in.kind()) {
      case IPV4 -> 1L << 32 | in.ipv4() >>> 8;
      case IPV6 -> 1L << 62 | in.ipv6High() >>> 16;
      case SESSION -> 1L << 63 | in.session();
    };
  }
}
