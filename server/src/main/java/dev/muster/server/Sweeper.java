package dev.muster.server;

import dev.muster.server.observe.FaultLog;
import dev.muster.swarm.Swarms;
import java.util.function.LongSupplier;

/**
 * Keeps the store's forgetting at an even pace: a whole round in {@value #ROUND_SECONDS} s, in
 * steps too small for any announce to notice.
 *
 * <p>Work is owed as time goes by. After a jump of the clock (a suspended machine) at most one
 * round is owed, and a turn never takes more than half the time since the one before, so that
 * catching up leaves half a core to others.
 */
final class Sweeper implements Runnable {
  static final int ROUND_SECONDS = 90;

  /** Between turns: 360 a round. */
  static final int TURN_MILLIS = 250;

  /** Turns from one look at the memory to the next: 10 s. */
  static final int TURNS_A_LOOK = 40;

  /** Members a step looks at; some microseconds under a lock. */
  static final int STEP_MEMBERS = 256;

  private static final long NANOS = 1_000_000_000;

  private final Swarms swarms;
  private final LongSupplier nanoClock;
  private final FaultLog faults;
  private final MemoryWatch memory;
  private long lastTurn;
  private int turns;
  private double owed;

  /**
   * @param nanoClock nanoseconds that never run backwards; a 10^9th of it is the swarms' clock
   * @param memory is told, now and then, what the swarms take
   * @param faults is told of what should not happen; the sweeper goes on, for without it nothing is
   *     ever forgotten
   */
  Sweeper(Swarms swarms, LongSupplier nanoClock, FaultLog faults, MemoryWatch memory) {
    this.swarms = swarms;
    this.nanoClock = nanoClock;
    this.faults = faults;
    this.memory = memory;
    this.lastTurn = nanoClock.getAsLong();
  }

  /** Takes turns until interrupted. */
  @Override
  public void run() {
    try {
      while (true) {
        Thread.sleep(TURN_MILLIS);
        turn();
      }
    } catch (InterruptedException _) {
      // asked to stop
    }
  }

  /** Does what is owed since the last turn. */
  void turn() {
    try {
      work();
      if (++turns % TURNS_A_LOOK == 0) {
        memory.look(swarms.totals().memoryBytes());
      }
    } catch (RuntimeException | Error e) {
      faults.fault("forgetting peers", e);
    }
  }

  private void work() {
    long start = nanoClock.getAsLong();
    long elapsed = start - lastTurn;
    lastTurn = start;
    owed = Math.min(1, owed + elapsed / (double) (ROUND_SECONDS * NANOS));
    long now = start;
    while (owed > 0 && now - start <= elapsed / 2 && !Thread.currentThread().isInterrupted()) {
      owed -= swarms.sweep(STEP_MEMBERS, now / NANOS);
      now = nanoClock.getAsLong();
    }
  }
}
