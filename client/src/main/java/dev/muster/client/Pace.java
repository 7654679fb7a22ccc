package dev.muster.client;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** How often a tracker may be asked: what it says, within what makes sense. */
final class Pace {
  /** No tracker is asked more often than this, whatever it says; events are another matter. */
  static final Duration SHORTEST = Duration.ofMinutes(1);

  /** Longer ones are mistakes: trackers forget a peer long before. */
  static final Duration LONGEST = Duration.ofHours(2);

  /** BEP 31 lets a tracker ask for more rest than that after it refused. */
  static final Duration LONGEST_REST = Duration.ofDays(1);

  /** Before the second try of a tracker that does not answer; doubles with each further one. */
  static final Duration FIRST_BACK_OFF = Duration.ofSeconds(15);

  /** Before the second try of one that refused without saying when to come back. */
  static final Duration FIRST_BACK_OFF_REFUSED = Duration.ofMinutes(5);

  static final Duration LONGEST_BACK_OFF = Duration.ofHours(1);

  /** Announces are spread over so much of the interval after it, so that they never come as one. */
  private static final double SPREAD = 0.1;

  /** Between an announce and the one after it, in nanoseconds. */
  static long intervalNanos(Duration interval, Optional<Duration> minInterval) {
    return Math.max(clamp(interval, SHORTEST, LONGEST).toNanos(), minIntervalNanos(minInterval));
  }

  /** What neither an application in need nor a new address can hurry. */
  static long minIntervalNanos(Optional<Duration> minInterval) {
    return clamp(minInterval.orElse(SHORTEST), SHORTEST, LONGEST).toNanos();
  }

  /** Somewhat longer, never shorter. */
  static long spread(long nanos, RandomGenerator random) {
    return nanos + (long) (nanos * SPREAD * random.nextDouble());
  }

  /**
   * How long to leave a tracker alone after it failed.
   *
   * @param failures in a row, 1 or more
   */
  static long backOffNanos(TrackerEvent.Reason reason, int failures, RandomGenerator random) {
    Duration first =
        reason == TrackerEvent.Reason.REFUSED ? FIRST_BACK_OFF_REFUSED : FIRST_BACK_OFF;
    long nanos = first.toNanos() << Math.min(failures - 1, 10);
    return spread(Math.min(nanos, LONGEST_BACK_OFF.toNanos()), random);
  }

  /**
   * What a tracker that failed is left alone for, whatever happens: its own word, if it said any.
   */
  static long restNanos(TrackerEvent.Reason reason, Optional<Duration> retryAfter) {
    Duration guess =
        reason == TrackerEvent.Reason.REFUSED ? FIRST_BACK_OFF_REFUSED : FIRST_BACK_OFF;
    return retryAfter.map(said -> clamp(said, SHORTEST, LONGEST_REST)).orElse(guess).toNanos();
  }

  private static Duration clamp(Duration said, Duration least, Duration most) {
    return said.compareTo(least) < 0 ? least : said.compareTo(most) > 0 ? most : said;
  }

  private Pace() {}
}
