package dev.muster.swarm;

/**
 * The members of one class and kind of a large swarm, found by their key. The entry's layout is
 * {@link Member}'s.
 */
final class MemberTable extends BucketTable {
  private static final int TARGET_WORDS = 48;

  private final long seed;
  private int foundBucket;
  private int foundIndex;

  MemberTable(int words, long seed, MemoryMeter memory) {
    super(words, TARGET_WORDS, memory);
    this.seed = seed;
  }

  @Override
  int hashOf(long[] array, int at) {
    long hash = seed;
    int last = words - 1;
    for (int i = 0; i < last; i++) {
      hash = Mixing.mix(hash, array[at + i]);
    }
    return (int) Mixing.mix(hash, array[at + last] & Member.KEY_MASK);
  }

  /**
   * Looks for the member with this key; if it is there, {@link #foundBucket} and {@link
   * #foundIndex} say where.
   */
  boolean find(long[] entry) {
    foundBucket = bucketOf(hashOf(entry, 0));
    foundIndex = Member.indexOf(bucket(foundBucket), 0, count(foundBucket), words, entry);
    return foundIndex >= 0;
  }

  int foundBucket() {
    return foundBucket;
  }

  int foundIndex() {
    return foundIndex;
  }

  void add(long[] entry) {
    add(hashOf(entry, 0), entry);
  }

  /** The last word, with flags and age, of the member at this place. */
  long lastWord(int bucket, int index) {
    return bucket(bucket)[(index + 1) * words - 1];
  }

  void setLastWord(int bucket, int index, long word) {
    bucket(bucket)[(index + 1) * words - 1] = word;
  }
}
