package dev.muster.client;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Time that goes on while the machine sleeps. On most systems the steady clock stops then, so that
 * an announce that was due in an hour would be due an hour after the lid is opened; the wall clock
 * tells how long it was. Somebody who sets the wall clock forward looks the same: then trackers are
 * asked once before they are due. Set back, it changes nothing.
 */
final class SleepAwareTime implements Time {
  /** What clocks may differ by without a sleep: corrections are smaller. */
  private static final long SLEEP = Duration.ofSeconds(30).toNanos();

  private final LongSupplier steady;
  private final InstantSource wall;
  private final long start;
  private long skipped;
  private long lastSteady;
  private Instant lastWall;

  /**
   * @param steady nanoseconds, as {@link System#nanoTime} counts them
   * @param wall the time of day
   */
  SleepAwareTime(LongSupplier steady, InstantSource wall) {
    this.steady = steady;
    this.wall = wall;
    start = steady.getAsLong();
    lastSteady = start;
    lastWall = wall.instant();
  }

  /** Compares the clocks, as is to be done every few seconds; whether the machine slept. */
  synchronized boolean hasSlept() {
    long steadyNow = steady.getAsLong();
    Instant wallNow = wall.instant();
    long ahead;
    try {
      ahead = Duration.between(lastWall, wallNow).toNanos() - (steadyNow - lastSteady);
    } catch (ArithmeticException centuries) {
      ahead = 0;
    }
    lastSteady = steadyNow;
    lastWall = wallNow;
    if (ahead < SLEEP) {
      return false;
    }
    skipped += ahead;
    return true;
  }

  @Override
  public synchronized long elapsed() {
    return steady.getAsLong() - start + skipped;
  }

  @Override
  public Instant now() {
    return wall.instant();
  }
}
