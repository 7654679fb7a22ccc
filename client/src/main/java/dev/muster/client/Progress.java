package dev.muster.client;

/**
 * How far an application has come, as trackers are told (BEP 3).
 *
 * @param uploaded bytes sent to peers since it joined; 0 or more
 * @param downloaded bytes got from peers since it joined; 0 or more
 * @param left bytes still to get; 0 for a seeder
 */
public record Progress(long uploaded, long downloaded, long left) {
  /** What clients say that have only a magnet link, and so do not know how much there is. */
  private static final long UNKNOWN_LEFT = 16 * 1024;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is negative
   */
  public Progress {
    if (uploaded < 0 || downloaded < 0 || left < 0) {
      throw new IllegalArgumentException(
          "progress is not negative, uploaded="
              + uploaded
              + " downloaded="
              + downloaded
              + " left="
              + left);
    }
  }

  /** Nothing sent, nothing got, and this many bytes still to get. */
  public static Progress left(long bytes) {
    return new Progress(0, 0, bytes);
  }

  /** A seeder that has sent nothing yet. */
  public static Progress complete() {
    return left(0);
  }

  /** Of an application that does not know yet how much there is, as after a magnet link. */
  public static Progress unknown() {
    return left(UNKNOWN_LEFT);
  }
}
