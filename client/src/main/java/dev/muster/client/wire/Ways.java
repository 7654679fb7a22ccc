package dev.muster.client.wire;

import dev.muster.client.wire.TrackerFailure.Kind;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes several ways to a tracker at once, each in a virtual thread of its own; one answer is
 * enough.
 *
 * <p>Blocking I/O of a virtual thread ends when the thread is interrupted. So the one who waits
 * here is all that is needed to hold a call to its limit: no trick of a slow server can outlast it.
 */
final class Ways implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Ways.class.getName());

  /**
   * What the second answer may take after the first one. Where IPv6 goes nowhere, which is common,
   * every announce takes that much longer; where both work, the round trips differ by less.
   */
  static final Duration GRACE = Duration.ofMillis(500);

  /** One way. */
  @FunctionalInterface
  interface Way<T> {
    T ask() throws TrackerFailure, InterruptedException;
  }

  private record Outcome<T>(@Nullable T answer, @Nullable TrackerFailure failure) {}

  private final Set<Thread> live = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * Asks over all of them. When one has answered, the others get a little longer; then they are
   * left to finish unheard, for the tracker should still know what it is told, but not past the
   * deadline.
   *
   * @return the answers, one at least
   * @throws TrackerFailure if there is none: the most telling failure of all
   */
  <T> List<T> ask(List<Way<T>> ways, Deadline deadline)
      throws TrackerFailure, InterruptedException {
    BlockingQueue<Outcome<T>> outcomes = new LinkedBlockingQueue<>();
    List<Thread> threads = new ArrayList<>();
    boolean answered = false;
    try {
      for (Way<T> way : ways) {
        threads.add(start(() -> outcomes.add(outcome(way))));
      }
      List<T> answers = collect(outcomes, ways.size(), deadline);
      answered = true;
      return answers;
    } finally {
      for (Thread thread : threads) {
        if (answered && thread.isAlive()) {
          watch(thread, deadline);
        } else {
          thread.interrupt();
        }
      }
    }
  }

  private Thread start(Runnable task) {
    Thread thread =
        Thread.ofVirtual()
            .name("muster-wire")
            .unstarted(() -> {
              try {
                task.run();
              } finally {
                live.remove(Thread.currentThread());
              }
            });
    live.add(thread);
    thread.start();
    if (closed) {
      thread.interrupt();
    }
    return thread;
  }

  private static <T> Outcome<T> outcome(Way<T> way) {
    try {
      return new Outcome<>(way.ask(), null);
    } catch (TrackerFailure e) {
      return new Outcome<>(null, e);
    } catch (InterruptedException e) {
      return new Outcome<>(null, new TrackerFailure(Kind.UNREACHABLE, "the call was ended"));
    } catch (RuntimeException e) { // a fault of ours; it must not look like a tracker's silence
      LOG.log(Level.WARNING, "asking a tracker failed", e);
      return new Outcome<>(null, new TrackerFailure(Kind.MALFORMED, e.toString()));
    }
  }

  private static <T> List<T> collect(
      BlockingQueue<Outcome<T>> outcomes, int ways, Deadline deadline)
      throws TrackerFailure, InterruptedException {
    List<T> answers = new ArrayList<>();
    TrackerFailure worst = new TrackerFailure(Kind.TIMED_OUT, "no answer in time");
    boolean failed = false;
    Deadline until = deadline;
    for (int heard = 0; heard < ways; heard++) {
      Outcome<T> outcome = outcomes.poll(Math.max(0, until.nanos()), TimeUnit.NANOSECONDS);
      if (outcome == null) {
        break;
      }
      if (outcome.answer() != null) {
        answers.add(outcome.answer());
        until = deadline.within(GRACE);
      } else if (outcome.failure() != null) {
        worst = failed ? moreTelling(worst, outcome.failure()) : outcome.failure();
        failed = true;
      }
    }
    if (answers.isEmpty()) {
      throw worst;
    }
    return answers;
  }

  /** What a tracker said tells more than that it said nothing, and that more than no way to it. */
  private static TrackerFailure moreTelling(TrackerFailure one, TrackerFailure other) {
    return weight(other.kind()) > weight(one.kind()) ? other : one;
  }

  private static int weight(Kind kind) {
    return switch (kind) {
      case GONE -> 5;
      case REFUSED -> 4;
      case MALFORMED -> 3;
      case TIMED_OUT -> 2;
      case UNREACHABLE -> 1;
      case UNSUPPORTED -> 0;
    };
  }

  private static void watch(Thread thread, Deadline deadline) {
    Thread.startVirtualThread(() -> {
      try {
        thread.join(Duration.ofNanos(Math.max(1, deadline.nanos())));
      } catch (InterruptedException nobodyDoes) {
        Thread.currentThread().interrupt();
      }
      thread.interrupt();
    });
  }

  /** Ends all that is under way. */
  @Override
  public void close() {
    closed = true;
    live.forEach(Thread::interrupt);
  }
}
