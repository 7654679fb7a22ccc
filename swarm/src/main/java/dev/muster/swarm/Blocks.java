package dev.muster.swarm;

import java.util.Arrays;

/**
 * Members that lie together, those of a small group or of a table's bucket: blocks in twenty sizes,
 * each size a {@link Slab} without gaps.
 *
 * <pre>
 *   word 0        metadata's array is there (63) | owner (62..0), see {@link Owner}
 *   word 1 ..     members
 *   .. last       metadata of members of one word, if it is there, see {@link Metadata}
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

  /** In the owner's word: the block has an array of metadata. */
  private static final long WITH_METADATA = Long.MIN_VALUE;

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

  /** The same of a block that has, or may get, an array of metadata. */
  static int mostMembersWithMetadata(int words) {
    return words == 1 ? Metadata.membersIn(SIZES[SIZES.length - 1] - 1) : mostMembers(words);
  }

  /** A block for so many members of so many words each. Moves no other. */
  int allocate(int members, int words, long ownerWord) {
    return allocate(members, words, ownerWord, false);
  }

  /**
   * A block for so many members of so many words each. Moves no other.
   *
   * @param withMetadata whether it has an array of metadata, which only members of one word need
   */
  int allocate(int members, int words, long ownerWord, boolean withMetadata) {
    int size = SIZE_FOR[longs(members, words, withMetadata)];
    int number = slabs[size].allocate();
    slabs[size].array(number)[slabs[size].base(number)] =
        ownerWord | (withMetadata ? WITH_METADATA : 0);
    return size << NUMBER_BITS | number;
  }

  private static int longs(int members, int words, boolean withMetadata) {
    return members * words + 1 + (withMetadata ? Metadata.words(members) : 0);
  }

  /** Whether the block has an array of metadata. */
  boolean hasMetadata(int reference) {
    return array(reference)[base(reference) - 1] < 0;
  }

  /** Where the block's array of metadata begins, {@link Metadata#NO_ARRAY} if it has none. */
  int top(int reference) {
    return hasMetadata(reference)
        ? base(reference) + SIZES[reference >>> NUMBER_BITS] - 2
        : Metadata.NO_ARRAY;
  }

  /** What the member at this place said of itself. */
  int metadata(int reference, int words, int index) {
    return Metadata.get(array(reference), base(reference), words, top(reference), index);
  }

  /** Sets it; the block has to {@linkplain #canKeep be able to keep it}. */
  void setMetadata(int reference, int words, int index, int metadata) {
    if (words > 1 || hasMetadata(reference)) {
      Metadata.set(array(reference), base(reference), words, top(reference), index, metadata);
    }
  }

  /** Whether a member's metadata has a place in this block. */
  boolean canKeep(int reference, int words, int metadata) {
    return metadata <= 0 || words > 1 || hasMetadata(reference);
  }

  /** Frees a block; another may be moved, which its owner is told. */
  void free(int reference) {
    Slab slab = slab(reference);
    int number = reference & NUMBER_MASK;
    if (slab.free(number)) {
      owner.blockMoved(slab.array(number)[slab.base(number)] & ~WITH_METADATA, reference);
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
    return resize(reference, members, room, words, hasMetadata(reference));
  }

  /**
   * The same, but the size may be the old one if that has room for the array that is asked for.
   *
   * @param withMetadata whether the members have an array of metadata then; if they have one now,
   *     they have to
   */
  int resize(int reference, int members, int room, int words, boolean withMetadata) {
    long[] old = array(reference);
    int base = base(reference);
    if (SIZE_FOR[longs(room, words, withMetadata)] == reference >>> NUMBER_BITS) {
      giveArray(reference);
      return reference;
    }
    int resized = allocate(room, words, old[base - 1], withMetadata);
    System.arraycopy(old, base, array(resized), base(resized), members * words);
    if (hasMetadata(reference)) {
      int longs = Metadata.words(members);
      System.arraycopy(
          old, top(reference) + 1 - longs, array(resized), top(resized) + 1 - longs, longs);
    }
    free(reference);
    return resized;
  }

  /** There is room for an array of metadata where the block is. */
  private void giveArray(int reference) {
    long[] array = array(reference);
    array[base(reference) - 1] |= WITH_METADATA;
    int end = top(reference) + 1;
    Arrays.fill(array, end - Metadata.words(capacity(reference, 1)), end, 0);
  }

  void setOwner(int reference, long ownerWord) {
    int at = base(reference) - 1;
    long[] array = array(reference);
    array[at] = array[at] & WITH_METADATA | ownerWord;
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
  int capacity(int reference, int words) {
    int longs = SIZES[reference >>> NUMBER_BITS] - 1;
    return hasMetadata(reference) ? Metadata.membersIn(longs) : longs / words;
  }

  /**
   * Whether so many members would fit into a block two sizes smaller, so that moving there does not
   * soon have to be undone.
   */
  boolean isRoomy(int reference, int members, int words) {
    int size = reference >>> NUMBER_BITS;
    return size >= 2 && longs(members, words, hasMetadata(reference)) <= SIZES[size - 2];
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
