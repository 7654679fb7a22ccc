package dev.muster.protocol.metainfo;

/**
 * Files that a magnet link selects (BEP 53), counted from 0.
 *
 * @param first the first of them
 * @param last the last of them, not before the first
 */
public record FileRange(int first, int last) {
  /** The largest index that is read, libtorrent's too: nobody has to mark billions of files. */
  public static final int LARGEST = 10_000;

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if it is not one, or outside 0 to {@value #LARGEST}
   */
  public FileRange {
    if (first < 0 || last < first || last > LARGEST) {
      throw new IllegalArgumentException(
          "files are 0 to " + LARGEST + ", first=" + first + ", last=" + last);
    }
  }

  @Override
  public String toString() {
    return first == last ? Integer.toString(first) : first + "-" + last;
  }
}
