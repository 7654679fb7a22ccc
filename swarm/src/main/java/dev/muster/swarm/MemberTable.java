package dev.muster.swarm;

/**
 * The members of one class and kind of a large swarm, found by their key. The entry's layout is
 * {@link Member}'s.
 *
 * <pre>
 *   cell of a bucket:   63                 32 31               0
 *                      | block of its members | how many        |     0: none
 * </pre>
 *
 * <p>Linear hashing, as in {@link SwarmDirectory}, with buckets as long as they need to be: they
 * lie in {@link Blocks}. No step moves more than a bucket's members, and no table is ever copied
 * whole.
 *
 * <p>Used under the stripe's lock, but for {@link #racyCell}.
 */
final class MemberTable {
  /**
   * Longs of a bucket's members on average: enough to make a block's and a cell's own word small
   * beside them, few enough to scan. While buckets are split they differ by two to one.
   */
  private static final int TARGET_WORDS = 32;

  final int words;
  private final long seed;
  private final Blocks blocks;
  private final MemberTables tables;
  private final int number;
  private final LongList cells;
  private int level;
  private int size;
  private int foundBucket;
  private int foundIndex;

  /** No bucket has more members than this. */
  private int fullest;

  /**
   * The same of the buckets that were split or joined since {@link #roundBegun}, and since grew.
   */
  private int roundFullest;

  /** How many buckets there were when the present round of splits or joins began. */
  private int roundBegun = 1;

  /**
   * @param words longs of a member
   * @param number by which {@code tables} knows it
   */
  MemberTable(
      int words, long seed, Blocks blocks, MemberTables tables, int number, MemoryMeter memory) {
    this.words = words;
    this.seed = seed;
    this.blocks = blocks;
    this.tables = tables;
    this.number = number;
    this.cells = new LongList(memory);
    cells.add(0);
  }

  int size() {
    return size;
  }

  int number() {
    return number;
  }

  /** Buckets in the table, 1 and up. */
  int buckets() {
    return cells.size();
  }

  int count(int bucket) {
    return (int) cells.get(bucket);
  }

  /** At least the number of members in the fullest bucket. */
  int fullest() {
    return fullest;
  }

  private int reference(int bucket) {
    return (int) (cells.get(bucket) >>> 32);
  }

  /** The array that holds the members of a bucket that has some; valid until the next change. */
  long[] array(int bucket) {
    return blocks.array(reference(bucket));
  }

  /** Where in {@link #array} the members of the bucket begin. */
  int base(int bucket) {
    return blocks.base(reference(bucket));
  }

  /** The hash of a member's key; the same for all tables of a stripe. */
  static int hashOf(long seed, long[] array, int at, int words) {
    long hash = seed;
    for (int i = 0; i < words - 1; i++) {
      hash = Mixing.mix(hash, array[at + i]);
    }
    return (int) Mixing.mix(hash, array[at + words - 1] & Member.keyMask(words));
  }

  private int bucketOf(int hash) {
    return SwarmDirectory.bucketOf(hash, cells.size(), level);
  }

  /**
   * Looks for the member with this key; if it is there, {@link #foundBucket} and {@link
   * #foundIndex} say where.
   */
  boolean find(int hash, long[] entry) {
    foundBucket = bucketOf(hash);
    int count = count(foundBucket);
    foundIndex =
        count == 0
            ? -1
            : Member.indexOf(array(foundBucket), base(foundBucket), count, words, entry);
    return foundIndex >= 0;
  }

  int foundBucket() {
    return foundBucket;
  }

  int foundIndex() {
    return foundIndex;
  }

  /**
   * Adds a member that is not there yet; it then is the one found.
   *
   * @param metadata what it said of itself; 0 if nothing, or if the entry holds it
   */
  void add(int hash, long[] entry, int metadata) {
    while (count(bucketOf(hash)) >= Blocks.mostMembersWithMetadata(words)) {
      split(); // nobody will ever see it happen: the mean is a third of that, or less
    }
    size++;
    if ((long) size * words > (long) TARGET_WORDS * cells.size()) {
      split();
    }
    foundBucket = bucketOf(hash);
    foundIndex = append(foundBucket, entry);
    if (metadata > 0) {
      setMetadata(foundBucket, foundIndex, metadata);
    }
  }

  /** Removes a member by its place: the last one of the bucket takes it. */
  void remove(int bucket, int index) {
    int last = count(bucket) - 1;
    long[] array = array(bucket);
    int base = base(bucket);
    System.arraycopy(array, base + last * words, array, base + index * words, words);
    int top = top(bucket);
    Metadata.move(array, top, last, index);
    Metadata.clear(array, top, last);
    setCount(bucket, last);
    size--;
    if (cells.size() > 1 && (long) size * words * 2 < (long) TARGET_WORDS * cells.size()) {
      join();
    }
  }

  /** The last word, with flags and age, of the member at this place. */
  long lastWord(int bucket, int index) {
    return array(bucket)[base(bucket) + (index + 1) * words - 1];
  }

  /** Replaces flags and age of the member at this place. */
  void refresh(int bucket, int index, long lastWord) {
    long[] array = array(bucket);
    int at = base(bucket) + (index + 1) * words - 1;
    array[at] = Metadata.refreshed(array[at], lastWord, words);
  }

  /** Where the bucket's array of metadata begins, {@link Metadata#NO_ARRAY} if it has none. */
  int top(int bucket) {
    return blocks.top(reference(bucket));
  }

  int metadata(int bucket, int index) {
    return blocks.metadata(reference(bucket), words, index);
  }

  void setMetadata(int bucket, int index, int metadata) {
    if (!blocks.canKeep(reference(bucket), words, metadata)) {
      makeRoom(bucket, count(bucket), true);
    }
    blocks.setMetadata(reference(bucket), words, index, metadata);
  }

  /** Gives back what the table holds, which must not be used again. */
  void free() {
    for (int bucket = 0; bucket < cells.size(); bucket++) {
      setCount(bucket, 0);
    }
    cells.free();
    tables.close(this);
  }

  /** A bucket's block was moved. */
  void blockMoved(int bucket, int reference) {
    setCell(bucket, reference, count(bucket));
  }

  private void setCell(int bucket, int reference, int count) {
    cells.set(bucket, (long) reference << 32 | count);
  }

  private int append(int bucket, long[] entry) {
    int count = count(bucket);
    makeRoom(bucket, count + 1, false);
    System.arraycopy(entry, 0, array(bucket), base(bucket) + count * words, words);
    Metadata.clear(array(bucket), top(bucket), count);
    grewTo(bucket, count + 1);
    return count;
  }

  /**
   * Gives a bucket a block for so many members, one at least.
   *
   * @param withMetadata whether with an array of their metadata, even if there is none yet
   */
  private void makeRoom(int bucket, int members, boolean withMetadata) {
    int count = count(bucket);
    int reference = reference(bucket);
    if (count == 0) {
      long owner = tables.ownerWord(number, bucket);
      setCell(bucket, blocks.allocate(members, words, owner, withMetadata), 0);
      return;
    }
    boolean has = blocks.hasMetadata(reference);
    if (members > blocks.capacity(reference, words) || withMetadata && !has) {
      setCell(bucket, blocks.resize(reference, count, members, words, has || withMetadata), count);
    }
  }

  private void grewTo(int bucket, int members) {
    setCell(bucket, reference(bucket), members);
    fullest = Math.max(fullest, members);
    roundFullest = Math.max(roundFullest, members);
  }

  /** A bucket has lost the members behind so many. */
  private void setCount(int bucket, int count) {
    if (count(bucket) == 0) {
      return;
    }
    int reference = reference(bucket);
    if (count == 0) {
      cells.set(bucket, 0);
      blocks.free(reference);
    } else if (blocks.isRoomy(reference, count, words)) {
      setCell(bucket, blocks.resize(reference, count, count, words), count);
    } else {
      setCell(bucket, reference, count);
    }
  }

  private void split() {
    int from = cells.size() - (1 << level);
    int to = cells.size();
    int entries = count(from);
    cells.add(0);
    int moving = 0;
    for (int i = 0; i < entries; i++) {
      moving += isMoving(from, i) ? 1 : 0;
    }
    if (moving > 0) {
      boolean withMetadata = blocks.hasMetadata(reference(from));
      long owner = tables.ownerWord(number, to);
      setCell(to, blocks.allocate(moving, words, owner, withMetadata), moving);
      part(from, to, entries);
      setCount(from, entries - moving);
    }
    roundFullest = Math.max(roundFullest, Math.max(moving, entries - moving));
    if (cells.size() == 2 << level) {
      level++;
      endRound();
    }
  }

  private boolean isMoving(int bucket, int index) {
    return (hashOf(seed, array(bucket), base(bucket) + index * words, words) >>> level & 1) != 0;
  }

  /** Copies who moves, and lets those who stay close up. */
  private void part(int from, int to, int entries) {
    long[] array = array(from);
    int base = base(from);
    int top = top(from);
    long[] target = array(to);
    int targetBase = base(to);
    int stay = 0;
    int move = 0;
    for (int i = 0; i < entries; i++) {
      int at = base + i * words;
      if ((hashOf(seed, array, at, words) >>> level & 1) != 0) {
        System.arraycopy(array, at, target, targetBase + move * words, words);
        if (top != Metadata.NO_ARRAY) {
          setMetadata(to, move, Metadata.get(array, base, words, top, i));
        }
        move++;
      } else {
        System.arraycopy(array, at, array, base + stay * words, words);
        Metadata.move(array, top, i, stay);
        stay++;
      }
    }
  }

  private void join() {
    int from = cells.size() - 1;
    int below = cells.size() == 1 << level ? level - 1 : level;
    int to = from - (1 << below);
    int entries = count(from);
    int joined = count(to) + entries;
    if (joined > Blocks.mostMembersWithMetadata(words)) {
      return; // as unlikely as above; the next removal tries again
    }
    if (entries > 0) {
      boolean withMetadata = blocks.hasMetadata(reference(from));
      makeRoom(to, joined, withMetadata);
      int count = count(to);
      System.arraycopy(
          array(from), base(from), array(to), base(to) + count * words, entries * words);
      for (int i = 0; i < entries && blocks.hasMetadata(reference(to)); i++) {
        setMetadata(to, count + i, metadata(from, i));
      }
      grewTo(to, joined);
      setCount(from, 0);
    }
    cells.removeLast();
    level = below;
    roundFullest = Math.max(roundFullest, joined);
    if (cells.size() == 1 << level) {
      endRound();
    }
  }

  /**
   * There are 2^level buckets again. If there were more or fewer when the round began, then each
   * was split or joined in it.
   */
  private void endRound() {
    if (cells.size() != roundBegun) {
      fullest = roundFullest;
    }
    roundBegun = cells.size();
    roundFullest = 0;
  }

  /** The cell of a hash's bucket, for a reader without the lock; perhaps stale. */
  long racyCell(int hash) {
    return cells.racyGet(SwarmDirectory.bucketOf(hash, cells.size(), level));
  }
}
