package dev.muster.swarm;

import dev.muster.protocol.announce.Announce;
import dev.muster.protocol.announce.MemberKind;
import dev.muster.protocol.id.Address;

/**
 * How one member of a swarm is packed into longs.
 *
 * <pre>
 *           63            32 31      16 15     8 7      0
 * IPV4     | address        | port     | flags  | age    |     contact metadata: see Metadata
 *
 * IPV6     | address, bytes 0 to 7                       |
 *          | address, bytes 8 to 15                      |
 *          | port    | 0    | metadata | flags  | age    |
 *
 * SESSION  | peer id, bytes 0 to 7                       |
 *          | peer id, bytes 8 to 15                      |
 *          | session                                     |
 *          | peer id, 16-19 | metadata | flags  | age    |
 * </pre>
 *
 * <p>The age is the low byte of the tick (of 32 s) of the member's last announce; flags hold {@link
 * #PARTIAL}. All but age, flags and metadata is the key.
 */
final class Member {
  static final int IPV4 = 0;
  static final int IPV6 = 1;
  static final int SESSION = 2;

  /** How many kinds there are; they are numbered as {@link MemberKind} orders them. */
  static final int KINDS = 3;

  /** The most words any kind takes. */
  static final int MAX_WORDS = 4;

  /** What is key of the last word: of a member of one word, and of longer ones. */
  private static final long SHORT_KEY = -1L << 16;

  private static final long LONG_KEY = -1L << 32;

  /** Flag of a partial seed: it lacks something, and downloads no more (BEP 21). */
  static final long PARTIAL = 1L << 8;

  private static final int AGE_MASK = 0xff;

  /** Words that a member of this kind takes. */
  static int words(int kind) {
    return switch (kind) {
      case IPV4 -> 1;
      case IPV6 -> 3;
      default -> 4;
    };
  }

  /** What is key of the last word of a member of so many words. */
  static long keyMask(int words) {
    return words == 1 ? SHORT_KEY : LONG_KEY;
  }

  /**
   * Packs the announcing peer, without its metadata.
   *
   * @param tick of its announce; the low byte counts
   * @param partial whether it is a partial seed
   */
  static void pack(Announce in, int tick, boolean partial, long[] entry) {
    long meta = tick & AGE_MASK | (partial ? PARTIAL : 0);
    switch (in.kind()) {
      case IPV4 -> entry[0] = (long) in.ipv4() << 32 | (long) in.port() << 16 | meta;
      case IPV6 -> {
        entry[0] = in.ipv6High();
        entry[1] = in.ipv6Low();
        entry[2] = (long) in.port() << 48 | meta;
      }
      case SESSION -> {
        entry[0] = in.peerIdHigh();
        entry[1] = in.peerIdMiddle();
        entry[2] = in.session();
        entry[3] = (long) in.peerIdLow() << 32 | meta;
      }
    }
  }

  /** Whether the announcing peer has an address that only its own network can use. */
  static boolean isPrivate(Announce in) {
    return switch (in.kind()) {
      case IPV4 -> Address.Ipv4.isPrivate(in.ipv4());
      case IPV6 -> Address.Ipv6.isPrivate(in.ipv6High(), in.ipv6Low());
      case SESSION -> false;
    };
  }

  /**
   * The place, counted in members, of the one with the key of {@code entry} among {@code count}; -1
   * if it is not there.
   */
  static int indexOf(long[] array, int from, int count, int words, long[] entry) {
    if (words == 1) {
      long key = entry[0] & SHORT_KEY;
      for (int i = 0; i < count; i++) {
        if ((array[from + i] & SHORT_KEY) == key) {
          return i;
        }
      }
      return -1;
    }
    long last = entry[words - 1] & LONG_KEY;
    int at = from + words - 1;
    for (int i = 0; i < count; i++, at += words) {
      if ((array[at] & LONG_KEY) == last && samePrefix(array, at - words + 1, words - 1, entry)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean samePrefix(long[] array, int at, int words, long[] entry) {
    for (int i = 0; i < words; i++) {
      if (array[at + i] != entry[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether the last announce of a member with this last word lies more than {@code lifetime} ticks
   * back.
   */
  static boolean isExpired(long lastWord, int tick, int lifetime) {
    return ticksSince(lastWord, tick) > lifetime;
  }

  /** Ticks since the last announce of a member with this last word. */
  static int ticksSince(long lastWord, int tick) {
    return tick - (int) lastWord & AGE_MASK;
  }

  static boolean isPartial(long lastWord) {
    return (lastWord & PARTIAL) != 0;
  }

  /** Tells the sink of so many members that lie side by side from {@code at} on. */
  static void tell(PeerSink out, int kind, long[] array, int at, int members) {
    switch (kind) {
      case IPV4 -> out.ipv4(array, at, members);
      case IPV6 -> {
        for (int i = at; i < at + 3 * members; i += 3) {
          out.ipv6(array[i], array[i + 1], (int) (array[i + 2] >>> 48));
        }
      }
      default -> {
        for (int i = at; i < at + 4 * members; i += 4) {
          out.session(array[i + 2], array[i], array[i + 1], (int) (array[i + 3] >>> 32));
        }
      }
    }
  }

  /**
   * Tells the sink of one member at {@code at} with what is known of it.
   *
   * @param age seconds since its last announce, at most
   * @param metadata what it said of itself
   */
  static void tellContact(PeerSink out, int kind, long[] array, int at, int age, int metadata) {
    switch (kind) {
      case IPV4 ->
          out.ipv4((int) (array[at] >>> 32), (int) (array[at] >>> 16) & 0xffff, age, metadata);
      case IPV6 -> out.ipv6(array[at], array[at + 1], (int) (array[at + 2] >>> 48), age, metadata);
      default -> tell(out, kind, array, at, 1);
    }
  }

  private Member() {}
}
