package dev.muster.swarm;

/**
 * One record a swarm, six longs:
 *
 * <pre>
 *        63                          32 31                        0
 *    0  | info hash, bytes 0 to 7                                  |
 *    1  | info hash, bytes 8 to 15                                 |
 *    2  | info hash, bytes 16 to 19    | downloaded                |
 *    3  | IPv4: block or large group   | counts of the 4 classes   |
 *    4  | IPv6: the same                                           |
 *    5  | sessions: the same                                       |
 * </pre>
 *
 * <p>The counts of a group are a byte a class ({@link Partition}); {@link #LARGE} instead says that
 * the reference names a {@link LargeGroup}; 0 says that there are no members, and then, in a swarm
 * without any, word 3 holds in its upper half the tick at which the last one left.
 */
final class Records {
  static final int WORDS = 6;
  static final int LARGE = -1;

  private static final int DOWNLOADED = 2;
  static final int GROUPS = 3;

  private final Slab slab;

  Records(Pages pages, MemoryMeter memory) {
    this.slab = new Slab(WORDS, pages, memory);
  }

  int count() {
    return slab.count();
  }

  int allocate(long hashHigh, long hashMiddle, int hashLow) {
    int record = slab.allocate();
    long[] array = slab.array(record);
    int at = slab.base(record);
    array[at] = hashHigh;
    array[at + 1] = hashMiddle;
    array[at + 2] = (long) hashLow << 32;
    return record;
  }

  /** Frees a record; returns whether the last one has taken its number. */
  boolean free(int record) {
    return slab.free(record);
  }

  boolean is(int record, long hashHigh, long hashMiddle, int hashLow) {
    long[] array = slab.array(record);
    int at = slab.base(record);
    return array[at] == hashHigh
        && array[at + 1] == hashMiddle
        && (int) (array[at + 2] >>> 32) == hashLow;
  }

  long hashHigh(int record) {
    return word(record, 0);
  }

  long hashMiddle(int record) {
    return word(record, 1);
  }

  int hashLow(int record) {
    return (int) (word(record, DOWNLOADED) >>> 32);
  }

  int downloaded(int record) {
    return (int) word(record, DOWNLOADED);
  }

  void countDownload(int record) {
    if (downloaded(record) != Integer.MAX_VALUE) {
      slab.array(record)[slab.base(record) + DOWNLOADED]++;
    }
  }

  int counts(int record, int kind) {
    return (int) word(record, GROUPS + kind);
  }

  int reference(int record, int kind) {
    return (int) (word(record, GROUPS + kind) >>> 32);
  }

  void setGroup(int record, int kind, int reference, int counts) {
    slab.array(record)[slab.base(record) + GROUPS + kind] =
        (long) reference << 32 | counts & 0xffffffffL;
  }

  boolean hasMembers(int record) {
    long[] array = slab.array(record);
    int at = slab.base(record) + GROUPS;
    return ((int) array[at] | (int) array[at + 1] | (int) array[at + 2]) != 0;
  }

  int emptiedAt(int record) {
    return reference(record, Member.IPV4);
  }

  void setEmptiedAt(int record, int tick) {
    setGroup(record, Member.IPV4, tick, 0);
  }

  /** Where the record is, or was, for a reader without the lock; -1 if nowhere. */
  long racyAddress(int record) {
    return slab.racyAddress(record);
  }

  private long word(int record, int word) {
    return slab.array(record)[slab.base(record) + word];
  }
}
