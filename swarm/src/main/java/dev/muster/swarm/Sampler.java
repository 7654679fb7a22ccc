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
 * <p><b>From a table</b> of buckets of unequal length, places are walked on a grid (buckets x
 * fullest bucket) with a stride that is prime to it, so that no place comes twice, and empty ones
 * are passed over. Start and stride are random: each place is on the way equally often, and no
 * member gains by what lies before it. About one place in two is filled, at a table's thinnest one
 * in eight. A sample of more than a quarter of the table is drawn by going through it once instead.
 */
final class Sampler {
  /** Above any grid's side, so prime to every grid. */
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

  Sampler(long seed) {
    this.state = seed;
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
   * @param from place of the run's first member, counted in members from {@code base}
   * @param end place behind its last
   * @param self place of the member to leave out, -1 if it is not in the run
   */
  void run(
      PeerSink out, int kind, long[] array, int base, int from, int end, int self, int wanted) {
    int words = Member.words(kind);
    int members = end - from - (self >= 0 ? 1 : 0);
    if (members <= wanted) {
      for (int i = from; i < end; i++) {
        if (i != self) {
          Member.tell(out, kind, array, base + i * words);
        }
      }
      return;
    }
    if (wanted == 0) {
      return;
    }
    long cycle = (long) members << 32; // 32 bits of fraction
    long step = cycle / wanted;
    long jitter = step - (1L << 32) + 1;
    long start = below(cycle);
    for (int i = 0; i < wanted; i++) {
      int place = from + (int) ((start + i * step + below(jitter)) % cycle >>> 32);
      if (self >= 0 && place >= self) {
        place++;
      }
      Member.tell(out, kind, array, base + place * words);
    }
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
      if (inTable > 0) {
        int share = Math.min(inTable, share(left, inTable, members));
        table(out, group.kind(), table, inTable, table == self, share);
        left -= share;
        members -= inTable;
      }
    }
  }

  private void table(
      PeerSink out, int kind, MemberTable table, int members, boolean leaveOutFound, int wanted) {
    int selfBucket = leaveOutFound ? table.foundBucket() : -1;
    int selfIndex = table.foundIndex();
    if (members <= 4L * wanted) {
      goThrough(out, kind, table, members, selfBucket, selfIndex, wanted);
      return;
    }
    int side = table.fullest();
    long grid = (long) table.buckets() * side;
    long stride = STRIDES[(int) below(STRIDES.length)] % grid;
    long place = below(grid);
    for (long unseen = grid; wanted > 0 && unseen > 0; unseen--) {
      int bucket = (int) (place / side);
      int index = (int) (place - (long) bucket * side);
      if (index < table.count(bucket) && !(bucket == selfBucket && index == selfIndex)) {
        Member.tell(out, kind, table.bucket(bucket), index * table.words);
        wanted--;
      }
      place += stride;
      if (place >= grid) {
        place -= grid;
      }
    }
  }

  private void goThrough(
      PeerSink out,
      int kind,
      MemberTable table,
      int members,
      int selfBucket,
      int selfIndex,
      int wanted) {
    for (int bucket = 0; wanted > 0; bucket++) {
      int count = table.count(bucket);
      for (int i = 0; i < count && wanted > 0; i++) {
        if (bucket == selfBucket && i == selfIndex) {
          continue;
        }
        if (below(members--) < wanted) {
          Member.tell(out, kind, table.bucket(bucket), i * table.words);
          wanted--;
        }
      }
    }
  }
}
