package dev.muster.swarm;

import org.jspecify.annotations.Nullable;

/**
 * Draws fair samples: every member that may be given is given equally often, in time that depends
 * on the sample, not on the swarm. Used under the stripe's lock.
 *
 * <p><b>From a run</b> of n members lying side by side, k are drawn at random start + i * n/k +
 * jitter, jitter up to n/k - 1 so that no place comes twice. The start is uniform, hence so is each
 * place.
 *
 * <p><b>From a table</b> whole buckets are drawn, so that each cache line is used to its end: from
 * a random member on to the end of its bucket, then buckets at a stride that is prime to their
 * number, so that none comes twice. A random member is a random place on the grid (buckets x
 * fullest bucket) that is filled. All members lie on one circle, in the stride's order; start and
 * stride are random; hence each member is given equally often. Members of one bucket are given
 * together more often than others, a bucket being a few whom their keys' hash under the secret has
 * thrown together.
 */
final class Sampler {
  /** Above any number of buckets, so prime to it. */
  private static final long[] STRIDES = {
    1042920420473L, 436587072833L, 56482833503L, 904401727337L, 107528294443L, 643668232703L,
    998828999803L, 236255137553L, 96797806813L, 463571478443L, 264440515553L, 608127481847L,
    68395289143L, 624174077117L, 1042061294657L, 694596022361L, 644792415947L, 70642372091L,
    644576249081L, 55390820899L, 246858635983L, 612232910797L, 151863465679L, 462952846747L,
    595472541383L, 629718622661L, 617652726337L, 752977029187L, 114592847251L, 631710662551L,
    211050026311L, 106826134069L, 786184076077L, 620892450949L, 681008301499L, 548492916229L,
    589185331541L, 854387503271L, 514597843729L, 1018274734553L, 399230887037L, 274017912769L,
    203127813227L, 859848133789L, 89095216123L, 331032129221L, 545569064743L, 379568325359L
  };

  private long state;
  private boolean contacts;
  private long now;

  /** Members drawn from a run, side by side. */
  private long[] drawn = new long[64];

  Sampler(long seed) {
    this.state = seed;
  }

  /**
   * What is told from now on.
   *
   * @param contacts whether with each member what is known of it
   * @param now seconds
   */
  void telling(boolean contacts, long now) {
    this.contacts = contacts;
    this.now = now;
  }

  /** A random number from 0 to {@code bound} - 1. */
  long below(long bound) {
    return Math.unsignedMultiplyHigh(next(), bound);
  }

  /** {@code total * part / whole}, rounded up or down at random so that it is right on average. */
  int share(int total, long part, long whole) {
    long product = total * part;
    return (int) (product / whole) + (below(whole) < product % whole ? 1 : 0);
  }

  private long next() { // SplitMix64
    state += 0x9e3779b97f4a7c15L;
    long z = state;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }

  /**
   * Tells of members from a run.
   *
   * @param top of the metadata's array, if there is one
   * @param from place of the run's first member, counted in members from {@code base}
   * @param end place behind its last
   * @param self place of the member to leave out, -1 if it is not in the run
   */
  void run(
      PeerSink out,
      int kind,
      long[] array,
      int base,
      int top,
      int from,
      int end,
      int self,
      int wanted) {
    int words = Member.words(kind);
    int members = end - from - (self >= 0 ? 1 : 0);
    if (members <= wanted) {
      tell(out, kind, array, base, top, from, end, self);
      return;
    }
    if (wanted == 0) {
      return;
    }
    long cycle = (long) members << 32; // 32 bits of fraction
    long step = cycle / wanted;
    long jitter = step - (1L << 32) + 1;
    long start = below(cycle);
    if (wanted * words > drawn.length) {
      drawn = new long[wanted * words];
    }
    long random = 0;
    for (int i = 0; i < wanted; i++) {
      if ((i & 3) == 0) {
        random = next();
      }
      long turn = start + i * step + ((random & 0xffff) * jitter >>> 16); // less than two cycles
      random >>>= 16;
      int place = from + (int) ((turn < cycle ? turn : turn - cycle) >>> 32);
      if (self >= 0 && place >= self) {
        place++;
      }
      if (contacts) {
        tellContact(out, kind, array, base, top, place);
      } else {
        copy(array, base + place * words, drawn, i * words, words);
      }
    }
    if (!contacts) {
      Member.tell(out, kind, drawn, 0, wanted);
    }
  }

  private static void copy(long[] from, int at, long[] to, int index, int words) {
    for (int i = 0; i < words; i++) {
      to[index + i] = from[at + i];
    }
  }

  /** Tells of the members at the places {@code from} to {@code end} - 1, but for {@code self}. */
  private void tell(
      PeerSink out, int kind, long[] array, int base, int top, int from, int end, int self) {
    int words = Member.words(kind);
    if (contacts) {
      for (int place = from; place < end; place++) {
        if (place != self) {
          tellContact(out, kind, array, base, top, place);
        }
      }
    } else if (self < from || self >= end) {
      Member.tell(out, kind, array, base + from * words, end - from);
    } else {
      Member.tell(out, kind, array, base + from * words, self - from);
      Member.tell(out, kind, array, base + (self + 1) * words, end - self - 1);
    }
  }

  private void tellContact(PeerSink out, int kind, long[] array, int base, int top, int place) {
    int words = Member.words(kind);
    int at = base + place * words;
    int ticks = Member.ticksSince(array[at + words - 1], Ticks.at(now));
    Member.tellContact(
        out,
        kind,
        array,
        at,
        Ticks.secondsSince(ticks, now),
        Metadata.get(array, base, words, top, place));
  }

  /**
   * Tells of members from the tables of the classes {@code first} to {@code end} - 1.
   *
   * @param self the table that holds the member to leave out, where it was last found; null if
   *     there is none
   */
  void tables(
      PeerSink out, LargeGroup group, int first, int end, @Nullable MemberTable self, int wanted) {
    int members = self == null ? 0 : -1;
    for (int c = first; c < end; c++) {
      members += group.count(c);
    }
    int left = Math.min(wanted, members);
    for (int c = first; c < end && left > 0; c++) {
      MemberTable table = group.table(c);
      if (table == null) {
        continue;
      }
      int inTable = table.size() - (table == self ? 1 : 0);
      int share = Math.min(inTable, share(left, inTable, members));
      if (share > 0) {
        table(out, group.kind(), table, table == self, share);
        left -= share;
      }
      members -= inTable;
    }
  }

  /**
   * @param wanted 1 to as many as the table can give
   */
  private void table(PeerSink out, int kind, MemberTable table, boolean leaveOutFound, int wanted) {
    int selfBucket = leaveOutFound ? table.foundBucket() : -1;
    int selfIndex = table.foundIndex();
    int buckets = table.buckets();
    int stride = (int) (STRIDES[(int) below(STRIDES.length)] % buckets);
    int first;
    int start;
    do {
      first = (int) below(buckets);
      start = (int) below(table.fullest());
    } while (start >= table.count(first) || first == selfBucket && start == selfIndex);
    int bucket = first;
    int from = start;
    int left = wanted;
    while (true) {
      int self = bucket == selfBucket ? selfIndex : -1;
      int end = table.count(bucket);
      int members = end - from - (self >= from ? 1 : 0);
      if (members > left) {
        end = from + left + (self >= from && self < from + left ? 1 : 0);
        members = left;
      }
      if (members > 0) {
        tell(
            out, kind, table.array(bucket), table.base(bucket), table.top(bucket), from, end, self);
        left -= members;
      }
      if (left == 0) {
        return;
      }
      from = 0;
      bucket += stride;
      if (bucket >= buckets) {
        bucket -= buckets;
      }
    }
  }
}
