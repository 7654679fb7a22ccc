package dev.muster.client;

import dev.muster.client.wire.TrackerFailure;
import dev.muster.client.wire.TrackerTransport;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A virtual thread for each exchange in flight, none for those that wait. So many run at once, and
 * of them so many with one tracker: a tracker that hangs holds up its own questions and nobody
 * else's. Trackers take turns.
 */
final class ThreadedExchanges implements Exchanges {
  private static final System.Logger LOG = System.getLogger(ThreadedExchanges.class.getName());

  private final TrackerTransport transport;
  private final int most;
  private final int mostEach;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Lane> lanes = new HashMap<>();
  private final Queue<Lane> ready = new ArrayDeque<>();
  private int running;

  /**
   * @param most exchanges at once
   * @param mostEach of them with one tracker
   */
  ThreadedExchanges(TrackerTransport transport, int most, int mostEach) {
    this.transport = transport;
    this.most = most;
    this.mostEach = mostEach;
  }

  @Override
  public <T> Exchange submit(URI tracker, Question<T> question, Consumer<Outcome<T>> then) {
    lock.lock();
    try {
      Lane lane =
          lanes.computeIfAbsent(
              String.valueOf(tracker.getAuthority()).toLowerCase(Locale.ROOT), Lane::new);
      Job<T> job = new Job<>(lane, question, then);
      lane.waiting.add(job);
      offer(lane);
      startWhatMay();
      return job;
    } finally {
      lock.unlock();
    }
  }

  private void offer(Lane lane) {
    if (!lane.isReady && !lane.waiting.isEmpty() && lane.running < mostEach) {
      lane.isReady = true;
      ready.add(lane);
    }
  }

  private void startWhatMay() {
    while (running < most && !ready.isEmpty()) {
      Lane lane = ready.remove();
      lane.isReady = false;
      Job<?> job = lane.waiting.poll();
      if (job != null) {
        running++;
        lane.running++;
        job.start();
      }
      offer(lane);
    }
  }

  private void ended(Lane lane) {
    lock.lock();
    try {
      running--;
      lane.running--;
      offer(lane);
      if (lane.running == 0 && lane.waiting.isEmpty()) {
        lanes.remove(lane.name);
      }
      startWhatMay();
    } finally {
      lock.unlock();
    }
  }

  /** What waits for, or talks with, one tracker. */
  private static final class Lane {
    final String name;
    final Queue<Job<?>> waiting = new ArrayDeque<>();
    int running;
    boolean isReady;

    Lane(String name) {
      this.name = name;
    }
  }

  private final class Job<T> implements Exchange, Runnable {
    private final Lane lane;
    private final Question<T> question;
    private final Consumer<Outcome<T>> then;
    private @Nullable Thread thread;
    private boolean isCancelled;

    Job(Lane lane, Question<T> question, Consumer<Outcome<T>> then) {
      this.lane = lane;
      this.question = question;
      this.then = then;
    }

    void start() {
      thread = Thread.ofVirtual().name("muster-exchange").start(this);
    }

    @Override
    public void run() {
      Outcome<T> outcome;
      try {
        outcome = outcome();
      } finally {
        ended(lane);
      }
      tell(outcome);
    }

    private Outcome<T> outcome() {
      try {
        return new Outcome.Answered<>(question.ask(transport));
      } catch (TrackerFailure failure) {
        return failed(failure);
      } catch (InterruptedException cancelled) {
        return new Outcome.Cancelled<>();
      } catch (RuntimeException fault) {
        LOG.log(System.Logger.Level.WARNING, "a tracker's answer could not be read", fault);
        return new Outcome.Failed<>(
            TrackerEvent.Reason.MALFORMED, fault.toString(), java.util.Optional.empty(), false);
      }
    }

    private void tell(Outcome<T> outcome) {
      then.accept(outcome);
    }

    @Override
    public void cancel() {
      lock.lock();
      try {
        if (isCancelled) {
          return;
        }
        isCancelled = true;
        if (thread != null) {
          thread.interrupt();
          return;
        }
        if (!lane.waiting.remove(this)) {
          return;
        }
      } finally {
        lock.unlock();
      }
      tell(new Outcome.Cancelled<>());
    }
  }

  static <T> Outcome<T> failed(TrackerFailure failure) {
    TrackerEvent.Reason reason =
        switch (failure.kind()) {
          case UNREACHABLE -> TrackerEvent.Reason.UNREACHABLE;
          case TIMED_OUT -> TrackerEvent.Reason.TIMED_OUT;
          case REFUSED -> TrackerEvent.Reason.REFUSED;
          case GONE -> TrackerEvent.Reason.GONE;
          case MALFORMED -> TrackerEvent.Reason.MALFORMED;
          case UNSUPPORTED -> TrackerEvent.Reason.UNSUPPORTED;
        };
    return new Outcome.Failed<>(
        reason, String.valueOf(failure.getMessage()), failure.retryAfter(), failure.never());
  }
}
