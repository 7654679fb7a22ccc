package dev.muster.checks.load;

/**
 * When the next request is due: at once (a closed loop), or at a fixed rate. At a fixed rate a
 * request counts from when it was due, not from when there was room to send it, so that a server
 * that stalls cannot hide it.
 */
final class Pace {
  /** Not yet. */
  static final long LATER = -1;

  private final long stepNanos;
  private long next;

  /**
   * @param rate per second, 0 for a closed loop
   */
  Pace(int rate, long now) {
    stepNanos = rate == 0 ? 0 : 1_000_000_000L / rate;
    next = now;
  }

  /** The time from which the next request counts, or {@link #LATER}. Takes it, if it is due. */
  long take(long now) {
    if (stepNanos == 0) {
      return now;
    }
    if (next > now) {
      return LATER;
    }
    long due = next;
    next += stepNanos;
    return due;
  }
}
