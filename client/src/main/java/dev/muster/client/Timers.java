package dev.muster.client;

import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done later, for all swarms of a client, on one thread: a heap by deadline. Tasks
 * are short and never block. A test runs what is due by itself.
 */
final class Timers {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final PriorityQueue<Timer> queue = new PriorityQueue<>();
  private long sequence;
  private int cancelled;

  /** One deadline. */
  final class Timer implements Comparable<Timer> {
    private final long at;
    private final long number;
    private @Nullable Runnable task;

    private Timer(long at, long number, Runnable task) {
      this.at = at;
      this.number = number;
      this.task = task;
    }

    /** Forgets the task, unless it has begun. */
    void cancel() {
      lock.lock();
      try {
        if (task == null) {
          return;
        }
        task = null; // what it holds is free at once, the timer itself when it would be due
        cancelled++;
        if (cancelled > 64 && cancelled > queue.size() / 2) {
          queue.removeIf(timer -> timer.task == null);
          cancelled = 0;
        }
      } finally {
        lock.unlock();
      }
    }

    @Override
    @SuppressWarnings("ComparisonContractViolated") // no two have the same number
    public int compareTo(Timer other) {
      int order = Long.signum(at - other.at);
      return order != 0 ? order : Long.compare(number, other.number);
    }
  }

  /**
   * Has a task run later.
   *
   * @param at when, as {@link Time#elapsed} counts
   */
  Timer schedule(long at, Runnable task) {
    lock.lock();
    try {
      Timer timer = new Timer(at, sequence++, task);
      queue.add(timer);
      if (queue.peek() == timer) {
        changed.signal();
      }
      return timer;
    } finally {
      lock.unlock();
    }
  }

  /** Runs the first task that is due; whether there was one. */
  boolean runOne(long now) {
    Runnable task;
    lock.lock();
    try {
      dropCancelled();
      Timer first = queue.peek();
      if (first == null || first.at - now > 0 || first.task == null) {
        return false;
      }
      queue.poll();
      task = first.task;
      first.task = null;
    } finally {
      lock.unlock();
    }
    task.run();
    return true;
  }

  /** Nanoseconds until the next task is due, at most {@code most}. */
  long untilNext(long now, long most) {
    lock.lock();
    try {
      dropCancelled();
      Timer first = queue.peek();
      return first == null ? most : Math.max(0, Math.min(most, first.at - now));
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the first deadline changes, or so long. */
  void await(Time time, long most) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = untilNext(time.elapsed(), most);
      if (nanos > 0) {
        boolean signalled = changed.await(nanos, TimeUnit.NANOSECONDS);
        assert signalled || nanos > 0;
      }
    } finally {
      lock.unlock();
    }
  }

  /** How many wait. */
  int size() {
    lock.lock();
    try {
      return queue.size() - cancelled;
    } finally {
      lock.unlock();
    }
  }

  private void dropCancelled() {
    while (!queue.isEmpty() && queue.peek().task == null) {
      queue.poll();
      cancelled--;
    }
  }
}
