package dev.muster.checks.endtoend;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for a condition, never for a time. */
final class Await {
  private static final Duration STEP = Duration.ofMillis(100);

  /** Whether the condition came to hold before the deadline. */
  static boolean holds(Duration deadline, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > deadline.toNanos()) {
        return false;
      }
      LockSupport.parkNanos(STEP.toNanos());
    }
    return true;
  }

  /**
   * Returns when the condition holds.
   *
   * @param otherwise what to say when it does not before the deadline
   */
  static void until(Duration deadline, BooleanSupplier condition, Supplier<String> otherwise) {
    if (!holds(deadline, condition)) {
      throw new AssertionError("not within " + deadline.toSeconds() + " s: " + otherwise.get());
    }
  }

  private Await() {}
}
