package dev.muster.swarm;

/**
 * Members side by side in one array, those of a class together.
 *
 * <p>The classes lie in an order in which whatever a caller may be given is one run:
 *
 * <pre>
 *   | LEECH_PRIVATE | LEECH_PUBLIC | SEED_PUBLIC | SEED_PRIVATE |
 *                   |-- public leecher is given --|
 *                   |-- seed ------|
 *   |-- leecher that takes private addresses is given all ------|
 *   |-- seed that does ------------|
 * </pre>
 *
 * <p>So nothing is ever looked at that may not be returned. The four counts are packed into an int,
 * a byte each; a partition holds at most {@value #MAX_MEMBERS} members. Inserting and removing move
 * at most one member a class.
 */
final class Partition {
  static final int LEECH_PRIVATE = 0;
  static final int LEECH_PUBLIC = 1;
  static final int SEED_PUBLIC = 2;
  static final int SEED_PRIVATE = 3;
  static final int CLASSES = 4;

  static final int MAX_MEMBERS = 127;

  static int classOf(boolean seed, boolean isPrivate) {
    if (seed) {
      return isPrivate ? SEED_PRIVATE : SEED_PUBLIC;
    }
    return isPrivate ? LEECH_PRIVATE : LEECH_PUBLIC;
  }

  static boolean isSeed(int memberClass) {
    return memberClass >= SEED_PUBLIC;
  }

  /** The first class of the run that a caller may be given. */
  static int firstGiven(boolean takesPrivate) {
    return takesPrivate ? LEECH_PRIVATE : LEECH_PUBLIC;
  }

  /** The class after the last of the run that a caller may be given. */
  static int endGiven(boolean wantsData, boolean takesPrivate) {
    if (!wantsData) {
      return SEED_PUBLIC;
    }
    return takesPrivate ? CLASSES : SEED_PRIVATE;
  }

  /** The counts after one more (or, with -1, one less) of a class. */
  static int adjust(int counts, int memberClass, int by) {
    return counts + (by << 8 * memberClass);
  }

  static int count(int counts, int memberClass) {
    return counts >>> 8 * memberClass & 0xff;
  }

  /** How many members lie before this class; of class {@value #CLASSES}: all of them. */
  static int start(int counts, int memberClass) {
    // Multiplying adds the bytes up in the highest one: no sum is above MAX_MEMBERS.
    int before = (int) (counts & (1L << 8 * memberClass) - 1);
    return before * 0x01010101 >>> 24;
  }

  static int total(int counts) {
    return start(counts, CLASSES);
  }

  static int classAt(int counts, int index) {
    return (index >= start(counts, 1) ? 1 : 0)
        + (index >= start(counts, 2) ? 1 : 0)
        + (index >= start(counts, 3) ? 1 : 0);
  }

  /**
   * Puts a member at the end of its class. The array must have room for one more behind {@code
   * base}.
   *
   * @param top of the metadata's array, if there is one
   * @param counts before; the caller adjusts its own copy
   * @return the place of the new member
   */
  static int insert(
      long[] array, int base, int words, int top, int counts, int memberClass, long[] entry) {
    int end = total(counts);
    for (int c = CLASSES - 1; c > memberClass; c--) {
      int members = count(counts, c);
      if (members > 0) {
        System.arraycopy(array, base + (end - members) * words, array, base + end * words, words);
        Metadata.move(array, top, end - members, end);
        end -= members;
      }
    }
    System.arraycopy(entry, 0, array, base + end * words, words);
    Metadata.clear(array, top, end);
    return end;
  }

  /**
   * Takes a member out and clears the place that falls free at the end.
   *
   * @param top of the metadata's array, if there is one
   * @param counts before; the caller adjusts its own copy
   */
  static void remove(
      long[] array, int base, int words, int top, int counts, int memberClass, int index) {
    int hole = index;
    int end = start(counts, memberClass);
    for (int c = memberClass; c < CLASSES; c++) {
      int members = count(counts, c);
      end += members;
      if (members > 0) {
        System.arraycopy(array, base + (end - 1) * words, array, base + hole * words, words);
        Metadata.move(array, top, end - 1, hole);
        hole = end - 1;
      }
    }
    java.util.Arrays.fill(array, base + hole * words, base + (hole + 1) * words, 0);
    Metadata.clear(array, top, hole);
  }

  private Partition() {}
}
