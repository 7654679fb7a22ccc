package dev.muster.swarm;

/**
 * Where a hash's swarm is: 32 bits of the mixed hash (the tag) to the number of the swarm's record.
 *
 * <pre>
 *    63     32 31             0
 *   | tag     | record + 1     |      one entry; never 0
 * </pre>
 *
 * <p>Two swarms may share a tag, so a hit is checked against the record. The tag alone places the
 * entry, so growing the table reads no records.
 */
final class SwarmDirectory extends BucketTable {
  private static final int TARGET_WORDS = 12;

  private final long[] entry = new long[1];

  SwarmDirectory(MemoryMeter memory) {
    super(1, TARGET_WORDS, memory);
  }

  @Override
  int hashOf(long[] array, int at) {
    return (int) (array[at] >>> 32);
  }

  /** The record of an entry, or -1 for the empty place behind a bucket's last. */
  static int recordOf(long entry) {
    return (int) entry - 1;
  }

  static boolean hasTag(long entry, int tag) {
    return (int) (entry >>> 32) == tag;
  }

  void put(int tag, int record) {
    entry[0] = entryOf(tag, record);
    add(tag, entry);
  }

  void take(int tag, int record) {
    int bucket = bucketOf(tag);
    remove(bucket, placeOf(bucket, tag, record));
  }

  /** The record has a new number. */
  void renumber(int tag, int from, int to) {
    int bucket = bucketOf(tag);
    bucket(bucket)[placeOf(bucket, tag, from)] = entryOf(tag, to);
  }

  private int placeOf(int bucket, int tag, int record) {
    long[] array = bucket(bucket);
    long wanted = entryOf(tag, record);
    int place = 0;
    while (array[place] != wanted) {
      place++;
    }
    return place;
  }

  private static long entryOf(int tag, int record) {
    return (long) tag << 32 | record + 1;
  }
}
