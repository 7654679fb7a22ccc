package dev.muster.checks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PausesTest {
  @Test
  void whatFollowsTheOptionsIsForTheJvm() {
    PauseOptions options = PauseOptions.of(List.of("--peers", "200000", "-XX:+UseZGC", "-Xmx2g"));
    assertThat(options)
        .isEqualTo(new PauseOptions(200_000, 100_000, List.of("-XX:+UseZGC", "-Xmx2g")));
  }

  @Test
  void whatMakesNoSenseIsAnErrorThatNamesIt() {
    assertThatThrownBy(() -> PauseOptions.of(List.of("--peer", "1"))).hasMessageContaining("peer");
    assertThatThrownBy(() -> PauseOptions.of(List.of("--rate"))).hasMessageContaining("rate");
    assertThatThrownBy(() -> PauseOptions.of(List.of("--rate", "1")))
        .hasMessageContaining("value=1");
  }

  @Test
  void thePausesOfEachCollectorAreFoundInItsLog() {
    List<String> log =
        List.of(
            "[1.0s][info][gc] Using Serial",
            "[2.0s][info][gc] GC(0) Pause Young (Allocation Failure) 12M->2M(100M) 3.250ms",
            "[2.0s][info][safepoint] Safepoint \"SerialCollectForAllocation\", Time since last: 5 ns, Reaching"
                + " safepoint: 100 ns, Cleanup: 0 ns, At safepoint: 3300000 ns, Leaving safepoint: 9 ns, Total:"
                + " 3400000 ns, Threads: 0 runnable, 20 total",
            "[3.0s][info][gc] GC(1) Concurrent reset 0.010ms",
            "[4.0s][info][gc] GC(1) Pause Init Mark (unload classes) 0.120ms");
    assertThat(Stops.of(log)).isEqualTo(new Stops(2, 3.25, 1, 3.4));
  }

  @Test
  void aPhaseIsToldInMilliseconds() {
    String line =
        "phase name=come seconds=66.700 tracker_answered=9 tracker_lost=1 tracker_p50=50000 tracker_p9999=2000000"
            + " tracker_longest=7000000 tracker_longest_at=12.5 echo_answered=10 echo_lost=0 echo_p50=40000"
            + " echo_p9999=1000000 echo_longest=3000000 echo_longest_at=1.5";
    assertThat(PausePhase.parse(line).row("announced", 10_000_000, 300))
        .isEqualTo(
            "| announced | 10,000,000 | 67 | 9, 1 | 0.05 | 2.00 | 7.00, 12.5 s | 1.00 | 3.00, 1.5 s | 4.00 | 300 |");
  }
}
