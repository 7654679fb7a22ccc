package dev.muster.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Clocks that go on while the machine sleeps, and those that do not. */
class SleepAwareTimeTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private long steady = -5;
  private Instant wall = Instant.EPOCH;
  private final SleepAwareTime time = new SleepAwareTime(() -> steady, () -> wall);

  @Test
  void aSleepIsSeenAndCounts() {
    wall = wall.plus(Duration.ofHours(8));
    steady += MINUTE.toNanos();

    assertThat(time.hasSlept()).isTrue();
    assertThat(time.elapsed()).isEqualTo(Duration.ofHours(8).toNanos());
    assertThat(time.hasSlept()).isFalse();
  }

  @Test
  void timeThatPassesIsNoSleep() {
    wall = wall.plus(MINUTE);
    steady += MINUTE.toNanos();

    assertThat(time.hasSlept()).isFalse();
    assertThat(time.elapsed()).isEqualTo(MINUTE.toNanos());
  }

  @Test
  void aClockSetBackChangesNothing() {
    wall = wall.minus(Duration.ofDays(3));
    steady += MINUTE.toNanos();

    assertThat(time.hasSlept()).isFalse();
    assertThat(time.elapsed()).isEqualTo(MINUTE.toNanos());
  }
}
