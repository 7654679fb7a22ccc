package dev.muster.client;

import java.time.Duration;
import java.util.Optional;

/** How an exchange with a tracker ended. */
sealed interface Outcome<T> {
  /** With an answer. */
  record Answered<T>(T answer) implements Outcome<T> {}

  /**
   * With none.
   *
   * @param retryAfter when the tracker may be asked again, if it said
   * @param never whether it is never to be asked again
   */
  record Failed<T>(
      TrackerEvent.Reason reason, String message, Optional<Duration> retryAfter, boolean never)
      implements Outcome<T> {}

  /** We did not wait for it. */
  record Cancelled<T>() implements Outcome<T> {}
}
