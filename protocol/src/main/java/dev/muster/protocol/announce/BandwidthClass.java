package dev.muster.protocol.announce;

/**
 * A rate, no more exactly than contact metadata tells it: class 0 is unknown, class n at least 64
 * kbit/s x 2^(n-1) and below twice that. Class 1 begins at nothing, class 15 has no end.
 */
public final class BandwidthClass {
  /** The rate is not known. */
  public static final int UNKNOWN = 0;

  /** The highest class: 1 Gbit/s (2^30 bit/s) and more. */
  public static final int HIGHEST = 15;

  private static final int UNIT_BITS_PER_SECOND = 64 * 1024;

  /**
   * The class of a rate.
   *
   * @param bitsPerSecond 0 and up
   * @return 1 to {@link #HIGHEST}
   * @throws IllegalArgumentException if the rate is below 0
   */
  public static int of(long bitsPerSecond) {
    if (bitsPerSecond < 0) {
      throw new IllegalArgumentException("a rate is 0 and up, value=" + bitsPerSecond);
    }
    int bits = Long.SIZE - Long.numberOfLeadingZeros(bitsPerSecond / UNIT_BITS_PER_SECOND);
    return Math.clamp(bits, 1, HIGHEST);
  }

  /**
   * The lowest rate of a class, in bits a second; 0 of class 0, of which nothing is known, and of
   * class 1.
   *
   * @throws IllegalArgumentException if there is no such class
   */
  public static long atLeast(int bandwidthClass) {
    if (bandwidthClass < UNKNOWN || bandwidthClass > HIGHEST) {
      throw new IllegalArgumentException("a class is 0 to 15, value=" + bandwidthClass);
    }
    return bandwidthClass <= 1 ? 0 : (long) UNIT_BITS_PER_SECOND << bandwidthClass - 1;
  }

  private BandwidthClass() {}
}
