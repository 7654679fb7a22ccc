package dev.muster.swarm;

import java.util.Arrays;

/**
 * Where a hash's swarm is: 32 bits of the mixed hash (the tag) to the number of the swarm's record.
 *
 * <pre>
 *   bucket:  | entry | entry | ..  | entry | entry or link |     eight longs, a cache line's worth
 *
 *             63     32 31 30           0
 *   entry:   | tag     | 0| record + 1   |
 *   link:    | 0       | 1| overflow line|     goes on there, in another eight
 * </pre>
 *
 * <p>Linear hashing (Litwin, 1980): there are {@code used} buckets, between 2^level and
 * 2^(level+1); an entry belongs to the bucket that the low level+1 bits of its tag name, or the low
 * level bits if that one is not there yet. Growing splits the next bucket in turn, shrinking joins
 * the last one to its sibling: no step moves more than a bucket. The tag alone places the entry, so
 * neither reads records. Entries lie without gaps, and a line that another links to has two at
 * least. Two swarms may share a tag, so a hit is checked against the record.
 *
 * <p>Used under the stripe's lock, but for what is called racy.
 */
final class SwarmDirectory {
  /** Longs of a bucket. */
  static final int LINE = 8;

  private static final int LAST = LINE - 1;

  /** Entries of a bucket on average. While buckets are split they differ by two to one. */
  private static final int TARGET = 5;

  private static final int LINK = 1 << 31;

  private final Slab buckets;
  private final Slab overflow;
  private long[] scratch = new long[4 * LINE];
  private int level;
  private int size;

  SwarmDirectory(Pages pages, MemoryMeter memory) {
    this.buckets = new Slab(LINE, pages, memory);
    this.overflow = new Slab(LINE, pages, memory);
    buckets.allocate();
  }

  /** Entries in the directory. */
  int size() {
    return size;
  }

  /** The record of a hash, -1 if it has none. */
  int find(int tag, Records records, long hashHigh, long hashMiddle, int hashLow) {
    int bucket = bucketOf(tag, buckets.count(), level);
    long[] array = buckets.array(bucket);
    int at = buckets.base(bucket);
    while (true) {
      for (int i = at; i < at + LINE; i++) {
        int record = recordOf(array[i]);
        if (hasTag(array[i], tag)
            && record >= 0
            && records.is(record, hashHigh, hashMiddle, hashLow)) {
          return record;
        }
      }
      long last = array[at + LAST];
      if (!isLink(last)) {
        return -1;
      }
      array = overflow.array(lineOf(last));
      at = overflow.base(lineOf(last));
    }
  }

  void put(int tag, int record) {
    append(bucketOf(tag), entryOf(tag, record));
    if (++size > TARGET * buckets.count()) {
      split();
    }
  }

  void take(int tag, int record) {
    int bucket = bucketOf(tag);
    int entries = drain(bucket);
    long taken = entryOf(tag, record);
    for (int i = 0; i < entries; i++) {
      if (scratch[i] != taken) {
        append(bucket, scratch[i]);
      }
    }
    if (--size * 2 < TARGET * buckets.count() && buckets.count() > 1) {
      join();
    }
  }

  /** The record has a new number. */
  void renumber(int tag, int from, int to) {
    int bucket = bucketOf(tag);
    long[] array = buckets.array(bucket);
    int at = buckets.base(bucket);
    long wanted = entryOf(tag, from);
    int i = 0;
    while (array[at + i] != wanted) {
      if (i == LAST) {
        int line = lineOf(array[at + LAST]);
        array = overflow.array(line);
        at = overflow.base(line);
        i = 0;
      } else {
        i++;
      }
    }
    array[at + i] = entryOf(tag, to);
  }

  private void split() {
    int from = buckets.count() - (1 << level);
    int entries = drain(from);
    int to = buckets.allocate();
    for (int i = 0; i < entries; i++) {
      append((tagOf(scratch[i]) >>> level & 1) != 0 ? to : from, scratch[i]);
    }
    if (buckets.count() == 2 << level) {
      level++;
    }
  }

  private void join() {
    int from = buckets.count() - 1;
    int entries = drain(from);
    buckets.free(from);
    if (buckets.count() < 1 << level) {
      level--;
    }
    for (int i = 0; i < entries; i++) {
      append(from - (1 << level), scratch[i]);
    }
  }

  private void append(int bucket, long entry) {
    long[] array = buckets.array(bucket);
    int at = buckets.base(bucket);
    while (isLink(array[at + LAST])) {
      int line = lineOf(array[at + LAST]);
      array = overflow.array(line);
      at = overflow.base(line);
    }
    int i = 0;
    while (i < LINE && array[at + i] != 0) {
      i++;
    }
    if (i < LINE) {
      array[at + i] = entry;
      return;
    }
    int line = overflow.allocate();
    long[] next = overflow.array(line);
    int base = overflow.base(line);
    next[base] = array[at + LAST];
    next[base + 1] = entry;
    array[at + LAST] = linkTo(line);
  }

  /**
   * Empties a bucket into {@link #scratch}.
   *
   * @return how many entries it had
   */
  private int drain(int bucket) {
    long[] array = buckets.array(bucket);
    int at = buckets.base(bucket);
    int entries = collect(array, at, 0);
    while (isLink(array[at + LAST])) {
      int line = lineOf(array[at + LAST]);
      long[] next = overflow.array(line);
      int base = overflow.base(line);
      entries = collect(next, base, entries);
      array[at + LAST] = isLink(next[base + LAST]) ? next[base + LAST] : 0;
      freeOverflow(line);
    }
    Arrays.fill(array, at, at + LINE, 0);
    return entries;
  }

  private int collect(long[] array, int at, int entries) {
    if (entries + LINE > scratch.length) {
      scratch = Arrays.copyOf(scratch, 2 * scratch.length);
    }
    int end = entries;
    for (int i = 0; i < LINE && array[at + i] != 0 && !isLink(array[at + i]); i++) {
      scratch[end++] = array[at + i];
    }
    return end;
  }

  /** Frees a line that is linked to no more; whoever links to the one that is moved is told. */
  private void freeOverflow(int line) {
    if (!overflow.free(line)) {
      return;
    }
    int moved = overflow.count();
    long first = overflow.array(line)[overflow.base(line)];
    int bucket = bucketOf(tagOf(first));
    long[] array = buckets.array(bucket);
    int at = buckets.base(bucket);
    while (lineOf(array[at + LAST]) != moved) {
      int next = lineOf(array[at + LAST]);
      array = overflow.array(next);
      at = overflow.base(next);
    }
    array[at + LAST] = linkTo(line);
  }

  private int bucketOf(int tag) {
    return bucketOf(tag, buckets.count(), level);
  }

  static int bucketOf(int hash, int used, int level) {
    int bucket = hash & (2 << level) - 1;
    return bucket < used ? bucket : bucket & (1 << level) - 1;
  }

  /** Where the tag's bucket is, or was, for a reader without the lock; -1 if nowhere. */
  long racyAddress(int tag) {
    return buckets.racyAddress(bucketOf(tag));
  }

  /** A record that may be the tag's, or -1; read without the lock, and not in overflow lines. */
  static int racyFind(Pages pages, long address, int tag) {
    int record = -1;
    for (int i = 0; i < LINE; i++) { // to the end, for want of a branch that could be foreseen
      long entry = pages.racyGet(address + i);
      record = hasTag(entry, tag) ? recordOf(entry) : record;
    }
    return record;
  }

  /** The record of an entry, negative for an empty place or a link. */
  private static int recordOf(long entry) {
    return (int) entry - 1;
  }

  private static boolean hasTag(long entry, int tag) {
    return tagOf(entry) == tag;
  }

  private static int tagOf(long entry) {
    return (int) (entry >>> 32);
  }

  private static boolean isLink(long entry) {
    return (int) entry < 0;
  }

  private static int lineOf(long link) {
    return (int) link & ~LINK;
  }

  private static long linkTo(int line) {
    return (line | LINK) & 0xffffffffL;
  }

  private static long entryOf(int tag, int record) {
    return (long) tag << 32 | record + 1;
  }
}
