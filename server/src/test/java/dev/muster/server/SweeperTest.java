package dev.muster.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.announce.Announce;
import dev.muster.server.observe.FaultLog;
import dev.muster.swarm.AnnounceBatch;
import dev.muster.swarm.PeerSink;
import dev.muster.swarm.SwarmCounts;
import dev.muster.swarm.Swarms;
import dev.muster.swarm.SwarmsTotals;
import dev.muster.swarm.Verdict;
import org.junit.jupiter.api.Test;

class SweeperTest {
  private static final long TURN = Sweeper.TURN_MILLIS * 1_000_000L;

  private long nanos;
  private long steps;
  private double rounds;
  private boolean broken;
  private final FaultLog faults = new FaultLog(() -> nanos);

  @Test
  void aRoundTakesBetweenOneAndTwoMinutes() {
    Sweeper sweeper = new Sweeper(store(1_000, 10_000), () -> nanos, faults, new MemoryWatch(1000));
    double seconds = 0;
    while (rounds < 10) {
      nanos += TURN;
      seconds += Sweeper.TURN_MILLIS / 1000.0;
      sweeper.turn();
    }
    assertThat(seconds / 10).isBetween(60.0, 120.0);
  }

  @Test
  void workIsSpreadEvenly() {
    Sweeper sweeper =
        new Sweeper(store(36_000, 10_000), () -> nanos, faults, new MemoryWatch(1000));
    for (int turn = 0; turn < 1_000; turn++) {
      long before = steps;
      nanos += TURN;
      sweeper.turn();
      assertThat(steps - before).as("steps in turn " + turn).isBetween(99L, 102L);
    }
  }

  @Test
  void anEmptyStoreIsLookedAtOnceARound() {
    Sweeper sweeper = new Sweeper(store(1, 1_000), () -> nanos, faults, new MemoryWatch(1000));
    for (long turn = 0; turn < 10L * Sweeper.ROUND_SECONDS * 1000 / Sweeper.TURN_MILLIS; turn++) {
      nanos += TURN;
      sweeper.turn();
    }
    assertThat(steps).isBetween(10L, 11L);
  }

  @Test
  void afterAJumpOfTheClockOneRoundIsCaughtUp() {
    Sweeper sweeper =
        new Sweeper(store(10_000, 10_000), () -> nanos, faults, new MemoryWatch(1000));
    nanos += 3_600_000_000_000L;
    sweeper.turn();
    assertThat(rounds).isBetween(1.0, 1.01);
  }

  @Test
  void aFaultOfTheStoreDoesNotEndTheForgetting() {
    Sweeper sweeper = new Sweeper(store(1_000, 10_000), () -> nanos, faults, new MemoryWatch(1000));
    broken = true;
    nanos += TURN;
    sweeper.turn();
    assertThat(steps).isZero();
    broken = false;
    nanos += TURN;
    sweeper.turn();
    assertThat(steps).isPositive();
  }

  @Test
  void catchingUpLeavesTimeToOthers() {
    Sweeper sweeper =
        new Sweeper(
            store(1_000_000, 100_000), () -> nanos, faults, new MemoryWatch(1000)); // 100 s a round
    for (int turn = 0; turn < 100; turn++) {
      nanos += TURN;
      long start = nanos;
      sweeper.turn();
      assertThat(nanos - start).isLessThanOrEqualTo(2 * TURN);
    }
    assertThat(rounds).isLessThan(0.7);
  }

  /** A store whose round is this many steps, each of which takes this long. */
  private Swarms store(int stepsARound, long nanosAStep) {
    return new Swarms() {
      @Override
      public double sweep(int budget, long now) {
        assertThat(now).isEqualTo(nanos / 1_000_000_000);
        if (broken) {
          throw new IllegalStateException("a fault of the store's, made by the test");
        }
        nanos += nanosAStep;
        steps++;
        rounds += 1.0 / stepsARound;
        return 1.0 / stepsARound;
      }

      @Override
      public void touch(AnnounceBatch batch) {
        throw new AssertionError("not the sweeper's");
      }

      @Override
      public Verdict announce(Announce in, PeerSink out, long now) {
        throw new AssertionError("not the sweeper's");
      }

      @Override
      public SwarmCounts counts(long hashHigh, long hashMiddle, int hashLow) {
        throw new AssertionError("not the sweeper's");
      }

      @Override
      public SwarmsTotals totals() {
        return new SwarmsTotals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
      }
    };
  }
}
