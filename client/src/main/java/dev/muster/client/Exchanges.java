package dev.muster.client;

import dev.muster.client.wire.TrackerFailure;
import dev.muster.client.wire.TrackerTransport;
import java.net.URI;
import java.util.function.Consumer;

/** Asks trackers without making anybody wait. */
interface Exchanges {
  /** A question to a tracker. Blocks. */
  interface Question<T> {
    T ask(TrackerTransport transport) throws TrackerFailure, InterruptedException;
  }

  /** A question that was put, and perhaps waits for its turn. */
  interface Exchange {
    /** Gives it up. Its outcome is then {@link Outcome.Cancelled}, unless it has just ended. */
    void cancel();
  }

  /**
   * Puts a question.
   *
   * @param then told the outcome, once, on another thread
   */
  <T> Exchange submit(URI tracker, Question<T> question, Consumer<Outcome<T>> then);
}
