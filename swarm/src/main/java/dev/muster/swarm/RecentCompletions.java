package dev.muster.swarm;

import dev.muster.protocol.announce.Announce;
import org.jspecify.annotations.Nullable;

/**
 * Remembers who completed in the last minute, so that a client that announces it over IPv4 and IPv6
 * is counted once (BEP 7).
 *
 * <p>A hint only: a client is known by peer id and key, which anybody can forge, and the table is
 * small and forgets. Clients that send no key are not recognised. Used under the stripe's lock.
 */
final class RecentCompletions {
  private static final int PLACES = 64;
  private static final long WINDOW_SECONDS = 60;

  private final long secret;
  private long @Nullable [] clients;
  private long @Nullable [] seconds;

  RecentCompletions(long secret) {
    this.secret = secret;
  }

  /** Whether this client's completion is new; from now on it is known. */
  boolean isFirst(Announce in, long now) {
    if (in.key() == 0) {
      return true;
    }
    if (clients == null || seconds == null) {
      clients = new long[PLACES];
      seconds = new long[PLACES];
    }
    long client = fingerprint(in);
    int place = (int) (client >>> 58); // 64 places
    if (clients[place] == client && now - seconds[place] < WINDOW_SECONDS) {
      return false;
    }
    clients[place] = client;
    seconds[place] = now;
    return true;
  }

  private long fingerprint(Announce in) {
    long mixed = Mixing.mix(Mixing.mix(secret, in.hashHigh()), in.hashMiddle());
    mixed = Mixing.mix(Mixing.mix(mixed, in.peerIdHigh()), in.peerIdMiddle());
    mixed = Mixing.mix(mixed, (long) in.hashLow() << 32 | in.peerIdLow() & 0xffffffffL);
    return Mixing.mix(mixed, in.key()) | 1; // never 0, which marks an empty place
  }
}
