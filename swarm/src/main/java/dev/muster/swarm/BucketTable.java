package dev.muster.swarm;

import java.util.Arrays;

/**
 * A hash table that grows and shrinks by one small bucket at a time (linear hashing: Litwin, 1980).
 *
 * <p>Buckets are dense arrays of entries of one or more longs. There are {@code used} of them,
 * between 2^level and 2^(level+1); an entry belongs to the bucket that the low level+1 bits of its
 * hash name, or the low level bits if that one is not there yet. Growing splits the next bucket in
 * turn, shrinking joins the last one to its sibling, so that no single step ever moves more than a
 * bucket and no table is ever copied whole. Memory follows the entries within a few percent.
 *
 * <p>Written under the stripe's lock; {@link #racyBucket} is for readers without it.
 */
abstract class BucketTable {
  /**
   * A bucket holds about this many longs when the table has settled: long enough to waste little,
   * short enough to scan.
   */
  private final int targetWords;

  final int words;
  private final MemoryMeter memory;
  private long[][] buckets;
  private short[] counts;
  private int used = 1;
  private int level;
  private int size;
  private int fullest;

  /**
   * @param words longs in an entry
   * @param targetWords longs that a bucket holds on average
   */
  BucketTable(int words, int targetWords, MemoryMeter memory) {
    this.words = words;
    this.targetWords = targetWords;
    this.memory = memory;
    this.buckets = new long[1][];
    this.counts = new short[1];
    buckets[0] = new long[2 * words];
    memory.grew(buckets[0].length);
  }

  /** The hash of the entry at {@code at}; its low bits choose the bucket. */
  abstract int hashOf(long[] array, int at);

  /** Entries in the table. */
  final int size() {
    return size;
  }

  /** Buckets in the table, 1 and up. */
  final int buckets() {
    return used;
  }

  /** At least the number of entries in the fullest bucket. */
  final int fullest() {
    return fullest;
  }

  final long[] bucket(int bucket) {
    return buckets[bucket];
  }

  final int count(int bucket) {
    return counts[bucket];
  }

  final int bucketOf(int hash) {
    return bucketOf(hash, used, level);
  }

  private static int bucketOf(int hash, int used, int level) {
    int bucket = hash & (2 << level) - 1;
    return bucket < used ? bucket : bucket & (1 << level) - 1;
  }

  /** The bucket for this hash, for a reader without the lock: perhaps a stale one, or another. */
  final long[] racyBucket(int hash) {
    long[][] buckets = this.buckets;
    int bucket = bucketOf(hash, used, level);
    long[] found = bucket < buckets.length ? buckets[bucket] : null;
    return found != null ? found : buckets[0];
  }

  /** Adds an entry that is not in the table yet. */
  final void add(int hash, long[] entry) {
    append(bucketOf(hash), entry, 0);
    size++;
    if ((long) size * words > (long) targetWords * used) {
      split();
    }
  }

  /** Removes an entry by its place: the last one of the bucket takes it. */
  final void remove(int bucket, int index) {
    long[] array = buckets[bucket];
    int last = --counts[bucket];
    System.arraycopy(array, last * words, array, index * words, words);
    Arrays.fill(array, last * words, (last + 1) * words, 0);
    size--;
    fit(bucket);
    if (used > 1 && (long) size * words * 2 < (long) targetWords * used) {
      join();
    }
  }

  /** Gives back what the table holds, which must not be used again. */
  final void free() {
    for (int i = 0; i < used; i++) {
      memory.shrank(buckets[i].length);
    }
  }

  private void append(int bucket, long[] from, int at) {
    long[] array = buckets[bucket];
    int end = counts[bucket] * words;
    if (end == array.length) {
      array = resize(bucket, capacityFor(counts[bucket] + 1));
    }
    System.arraycopy(from, at, array, end, words);
    fullest = Math.max(fullest, ++counts[bucket]);
  }

  private void split() {
    if (used == buckets.length) {
      int room = used + (used >> 1) + 1;
      buckets = Arrays.copyOf(buckets, room);
      counts = Arrays.copyOf(counts, room);
    }
    int from = used - (1 << level);
    int to = used;
    long[] old = buckets[from];
    int entries = counts[from];
    int bit = 1 << level;
    int moving = 0;
    for (int i = 0; i < entries; i++) {
      moving += (hashOf(old, i * words) & bit) != 0 ? 1 : 0;
    }
    buckets[to] = new long[capacityFor(moving) * words];
    memory.grew(buckets[to].length);
    counts[to] = 0;
    counts[from] = 0;
    for (int i = 0; i < entries; i++) { // those that stay only move down in their own array
      append((hashOf(old, i * words) & bit) != 0 ? to : from, old, i * words);
    }
    Arrays.fill(old, (entries - moving) * words, entries * words, 0);
    fit(from);
    used++;
    if (used == 2 << level) {
      level++;
      measureFullest();
    }
  }

  private void join() {
    if (used == 1 << level) {
      level--;
    }
    int from = used - 1;
    int to = from - (1 << level);
    long[] array = buckets[from];
    int entries = counts[from];
    for (int i = 0; i < entries; i++) {
      append(to, array, i * words);
    }
    counts[from] = 0;
    memory.shrank(array.length);
    buckets[from] = NO_BUCKET;
    used--;
    if (used < buckets.length / 4) {
      buckets = Arrays.copyOf(buckets, buckets.length / 2);
      counts = Arrays.copyOf(counts, counts.length / 2);
    }
    if (used == 1 << level) {
      measureFullest();
    }
  }

  private static final long[] NO_BUCKET = {};

  private void measureFullest() {
    int most = 0;
    for (int i = 0; i < used; i++) {
      most = Math.max(most, counts[i]);
    }
    fullest = most;
  }

  /** Shortens a bucket that has become much too long. */
  private void fit(int bucket) {
    int capacity = capacityFor(counts[bucket]);
    if (buckets[bucket].length > capacityFor(capacity) * words) {
      resize(bucket, capacity);
    }
  }

  private long[] resize(int bucket, int capacity) {
    long[] old = buckets[bucket];
    long[] array = Arrays.copyOf(old, capacity * words);
    memory.grew(array.length);
    memory.shrank(old.length);
    buckets[bucket] = array;
    return array;
  }

  /** Room for this many entries and an eighth more: 2, 4, 6 .. 16, 18, 21 .. */
  private static int capacityFor(int entries) {
    return Math.max(2, entries + Math.max(1, entries >> 3) & ~1);
  }
}
