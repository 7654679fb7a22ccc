package dev.muster.swarm;

import org.jspecify.annotations.Nullable;

/**
 * The members of small swarms: blocks in some twenty sizes, each size a {@link Slab} without gaps.
 *
 * <pre>
 *   word 0        owner: record (63..2) | kind (1..0)
 *   word 1 ..     members, as {@link Partition} orders them
 * </pre>
 *
 * <p>A block is named by a reference of 32 bits, size class (31..27) and number (26..0). Freeing a
 * block moves another, whose owner is then told its new reference through {@link Owner}.
 */
final class Blocks {
  /** Follows a block that was moved. */
  interface Owner {
    void blockMoved(int record, int kind, int reference);
  }

  /**
   * Longs in a block of each size, the owner's word included: steps of a quarter at most from 8 up.
   */
  private static final int[] SIZES = {
    2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 56, 64, 80, 96, 112, 128
  };

  private static final int NUMBER_BITS = 27;
  private static final int NUMBER_MASK = (1 << NUMBER_BITS) - 1;

  private final @Nullable Slab[] slabs = new Slab[SIZES.length];
  private final Owner owner;
  private final MemoryMeter memory;

  Blocks(Owner owner, MemoryMeter memory) {
    this.owner = owner;
    this.memory = memory;
  }

  /** The most members of so many words each that a block can hold. */
  static int mostMembers(int words) {
    return (SIZES[SIZES.length - 1] - 1) / words;
  }

  /** A block for so many members of so many words each. */
  int allocate(int members, int words, int record, int kind) {
    int size = sizeFor(members * words + 1);
    Slab slab = slabs[size];
    if (slab == null) {
      slab = new Slab(SIZES[size], memory);
      slabs[size] = slab;
    }
    int number = slab.allocate();
    int reference = size << NUMBER_BITS | number;
    setOwner(reference, record, kind);
    return reference;
  }

  void free(int reference) {
    Slab slab = slab(reference);
    int number = reference & NUMBER_MASK;
    if (slab.free(number)) {
      long moved = slab.page(number)[slab.offset(number)];
      owner.blockMoved((int) (moved >>> 2), (int) moved & 3, reference);
    }
  }

  void setOwner(int reference, int record, int kind) {
    Slab slab = slab(reference);
    int number = reference & NUMBER_MASK;
    slab.page(number)[slab.offset(number)] = (long) record << 2 | kind;
  }

  /** The array that holds the block. */
  long[] array(int reference) {
    return slab(reference).page(reference & NUMBER_MASK);
  }

  /** Where the first member begins. */
  int base(int reference) {
    return slab(reference).offset(reference & NUMBER_MASK) + 1;
  }

  /** How many members of so many words the block can hold. */
  static int capacity(int reference, int words) {
    return (SIZES[reference >>> NUMBER_BITS] - 1) / words;
  }

  /**
   * Whether so many members would fit into a block two sizes smaller, so that moving there does not
   * soon have to be undone.
   */
  static boolean isRoomy(int reference, int members, int words) {
    int size = reference >>> NUMBER_BITS;
    return size >= 2 && members * words + 1 <= SIZES[size - 2];
  }

  /** Reads the block's cache lines without the lock; the reference may be stale. */
  long touch(int reference) {
    int size = reference >>> NUMBER_BITS;
    Slab slab = size < SIZES.length ? slabs[size] : null;
    if (slab == null) {
      return 0;
    }
    long[] page = slab.racyPage(reference & NUMBER_MASK);
    if (page == null) {
      return 0;
    }
    int from = slab.offset(reference & NUMBER_MASK);
    int end = Math.min(page.length, from + SIZES[size]);
    long sum = 0;
    for (int at = from; at < end; at += 8) { // one long of each cache line
      sum += page[at];
    }
    return sum;
  }

  @SuppressWarnings("NullAway") // a reference exists only for a size that has its slab
  private Slab slab(int reference) {
    return slabs[reference >>> NUMBER_BITS];
  }

  private static int sizeFor(int words) {
    int size = 0;
    while (SIZES[size] < words) {
      size++;
    }
    return size;
  }
}
