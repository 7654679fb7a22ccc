package dev.muster.swarm;

/**
 * Where the contact metadata of members is: 16 bits that they said of themselves, 0 if nothing.
 *
 * <p>Members of several words have a place for it in their last one. Those of one word, IPv4 peers,
 * have it in an array beside them, which a block ({@link Blocks}) has only once a member in it said
 * something. It lies at the block's end and runs backwards, four members to a long:
 *
 * <pre>
 *   block:   | owner | member 0 | 1 | 2 | 3 | 4 | ..free.. |    4 | 3  2  1  0 |
 *                                                                            top
 * </pre>
 *
 * <p>{@link #NO_ARRAY} as its top says that there is none.
 */
final class Metadata {
  static final int NO_ARRAY = -1;

  private static final int MASK = 0xffff;

  /** Where it is in the last word of longer members. */
  private static final int SHIFT = 16;

  /** Longs that the array of so many members takes. */
  static int words(int members) {
    return members + 3 >> 2;
  }

  /** Members that fit into so many longs together with their metadata. */
  static int membersIn(int longs) {
    return longs * 4 / 5;
  }

  /** Of the member whose place is {@code index}. */
  static int get(long[] array, int base, int words, int top, int index) {
    if (words > 1) {
      return (int) (array[base + (index + 1) * words - 1] >>> SHIFT) & MASK;
    }
    return top == NO_ARRAY ? 0 : (int) (array[top - (index >> 2)] >>> shift(index)) & MASK;
  }

  /** Sets it; a member of one word has to have an array. */
  static void set(long[] array, int base, int words, int top, int index, int metadata) {
    if (words > 1) {
      int at = base + (index + 1) * words - 1;
      array[at] = array[at] & ~((long) MASK << SHIFT) | (long) metadata << SHIFT;
    } else {
      put(array, top, index, metadata);
    }
  }

  /** A member of one word goes from one place to another, if there is an array; so does this. */
  static void move(long[] array, int top, int from, int to) {
    if (top != NO_ARRAY) {
      put(array, top, to, get(array, 0, 1, top, from));
    }
  }

  /** A place has a new member, or none, which has said nothing. */
  static void clear(long[] array, int top, int index) {
    if (top != NO_ARRAY) {
      put(array, top, index, 0);
    }
  }

  /** The last word of a refreshed member, with the metadata it had. */
  static long refreshed(long before, long now, int words) {
    return words == 1 ? now : now | before & (long) MASK << SHIFT;
  }

  private static void put(long[] array, int top, int index, long metadata) {
    int at = top - (index >> 2);
    array[at] = array[at] & ~((long) MASK << shift(index)) | metadata << shift(index);
  }

  private static int shift(int index) {
    return (index & 3) << 4;
  }

  private Metadata() {}
}
