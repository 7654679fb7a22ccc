package dev.muster.swarm;

/** The store's time: ticks of 32 seconds. */
final class Ticks {
  /** A tick is 32 s: 2^5. */
  private static final int SHIFT = 5;

  /** The tick of a second, of which the low bits count. */
  static int at(long second) {
    return (int) (second >> SHIFT);
  }

  /** The fewest ticks that take so many seconds. */
  static int lasting(int seconds) {
    return seconds + (1 << SHIFT) - 1 >> SHIFT;
  }

  /** Seconds from the beginning of the tick that was so many ago to {@code now}. */
  static int secondsSince(int ticks, long now) {
    return (ticks << SHIFT) + (int) (now & (1 << SHIFT) - 1);
  }

  private Ticks() {}
}
