package dev.muster.swarm;

import dev.muster.protocol.announce.Announce;

/** Turns an info hash into the place of its swarm, under a secret. */
final class HashSecret {
  private final long secret;

  HashSecret(long secret) {
    this.secret = secret;
  }

  /** 64 bits: the low ones choose the stripe, the high 32 are the tag in its directory. */
  long place(long hashHigh, long hashMiddle, int hashLow) {
    return Mixing.mix(Mixing.mix(Mixing.mix(secret, hashHigh), hashMiddle), hashLow);
  }

  long place(Announce in) {
    return place(in.hashHigh(), in.hashMiddle(), in.hashLow());
  }

  static int tag(long place) {
    return (int) (place >>> 32);
  }
}
