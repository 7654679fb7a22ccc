package dev.muster.swarm;

/**
 * Members that lie together, those of a small group or of a table's bucket: blocks in twenty sizes,
 * each size a {@link Slab} without gaps.
 *
 * <pre>
 *   word 0        owner, see {@link Owner}
 *   word 1 ..     members
 * </pre>
 *
 * <p>A block is named by a reference of 32 bits, size (31..27) and number (26..0). Freeing a block
 * moves another, whose owner is then told its new reference.
 */
final class Blocks {
  /** Follows a block that was moved. What its owner's word says is the owner's affair. */
  interface Owner {
    void blockMoved(long ownerWord, int reference);
  }

  /** Longs in a block of each size, the owner's word included; all fit well into a page. */
  private static final int[] SIZES = {
    2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 16, 18, 21, 25, 32, 42, 64, 128
  };

  /** The smallest size that has so many longs. */
  private static final byte[] SIZE_FOR = new byte[Pages.WORDS + 1];

  static {
    int size = 0;
    for (int words = 0; words <= Pages.WORDS; words++) {
      if (words > SIZES[size]) {
        size++;
      }
      SIZE_FOR[words] = (byte) size;
    }
  }

  private static final int NUMBER_BITS = 27;
  private static final int NUMBER_MASK = (1 << NUMBER_BITS) - 1;

  private final Slab[] slabs = new Slab[SIZES.length];
  private final Owner owner;

  Blocks(Owner owner, Pages pages, MemoryMeter memory) {
    this.owner = owner;
    for (int size = 0; size < SIZES.length; size++) {
      slabs[size] = new Slab(SIZES[size], pages, memory);
    }
  }

  /** The most members of so many words each that a block can hold. */
  static int mostMembers(int words) {
    return (SIZES[SIZES.length - 1] - 1) / words;
  }

  /** A block for so many members of so many words each. Moves no other. */
  int allocate(int members, int words, long ownerWord) {
    int size = SIZE_FOR[members * words + 1];
    int number = slabs[size].allocate();
    slabs[size].array(number)[slabs[size].base(number)] = ownerWord;
    return size << NUMBER_BITS | number;
  }

  /** Frees a block; another may be moved, which its owner is told. */
  void free(int reference) {
    Slab slab = slab(reference);
    int number = reference & NUMBER_MASK;
    if (slab.free(number)) {
      owner.blockMoved(slab.array(number)[slab.base(number)], reference);
    }
  }

  /**
   * Moves members into a block of another size and frees the old one.
   *
   * @param members how many there are
   * @param room for how many there shall be room; a number that suits another size
   * @return the new block's reference
   */
  int resize(int reference, int members, int room, int words) {
    long[] old = array(reference);
    int base = base(reference);
    int resized = allocate(room, words, old[base - 1]);
    System.arraycopy(old, base, array(resized), base(resized), members * words);
    free(reference);
    return resized;
  }

  void setOwner(int reference, long ownerWord) {
    array(reference)[base(reference) - 1] = ownerWord;
  }

  /** The array that holds the block. */
  long[] array(int reference) {
    return slab(reference).array(reference & NUMBER_MASK);
  }

  /** Where the first member begins. */
  int base(int reference) {
    return slab(reference).base(reference & NUMBER_MASK) + 1;
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

  /** Where the members of a block are, or were, for a reader without the lock; -1 if nowhere. */
  long racyAddress(int reference) {
    int size = reference >>> NUMBER_BITS;
    long address = size < SIZES.length ? slabs[size].racyAddress(reference & NUMBER_MASK) : -1;
    return address < 0 ? -1 : address + 1;
  }

  private Slab slab(int reference) {
    return slabs[reference >>> NUMBER_BITS];
  }
}
