package dev.muster.checks.memory;

import java.util.concurrent.locks.LockSupport;

/**
 * Calls once every 500 µs and remembers by how much the latest answer was late, counted from when
 * its call was due. One whose call does nothing shows what the machine alone does to such a thread.
 */
final class SteadyCaller implements Runnable {
  private static final long PERIOD_NANOS = 500_000;

  private final Runnable call;
  private volatile boolean over;
  private long latest;

  SteadyCaller(Runnable call) {
    this.call = call;
  }

  @Override
  public void run() {
    long due = System.nanoTime();
    while (!over) {
      due += PERIOD_NANOS;
      for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
        LockSupport.parkNanos(due - now);
      }
      call.run();
      long late = System.nanoTime() - due;
      if (late > PERIOD_NANOS) {
        due = System.nanoTime(); // what was due meanwhile counts as this one
      }
      latest = Math.max(latest, late);
    }
  }

  /** Ends it and says by how much the latest answer was late. */
  long end(Thread thread) {
    over = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return latest;
  }
}
