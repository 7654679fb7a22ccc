package dev.muster.client.wire;

import dev.muster.client.wire.TrackerFailure.Kind;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Until when something may take.
 *
 * @param clock nanoseconds from any origin, as {@link System#nanoTime()}
 * @param end on that clock
 */
record Deadline(LongSupplier clock, long end) {
  private static final Duration LONGEST = Duration.ofHours(1);

  /** So long from now, an hour at most. */
  static Deadline in(Duration limit, LongSupplier clock) {
    Duration some = limit.compareTo(LONGEST) < 0 ? limit : LONGEST;
    return new Deadline(clock, clock.getAsLong() + some.toNanos());
  }

  /** Nanoseconds left; 0 or below when it is over. */
  long nanos() {
    return end - clock.getAsLong();
  }

  /** The first of so many equal parts of what is left. */
  Deadline share(int parts) {
    return new Deadline(clock, end - nanos() / parts * (parts - 1));
  }

  /** This one, or so long from now if that is sooner. */
  Deadline within(Duration limit) {
    return new Deadline(clock, end - Math.max(0, nanos() - limit.toNanos()));
  }

  /**
   * Milliseconds left, 1 and up.
   *
   * @throws TrackerFailure if none are
   */
  int millis() throws TrackerFailure {
    long nanos = nanos();
    if (nanos <= 0) {
      throw new TrackerFailure(Kind.TIMED_OUT, "no answer in time");
    }
    return (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos));
  }
}
