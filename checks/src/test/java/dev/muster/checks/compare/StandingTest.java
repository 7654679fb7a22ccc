package dev.muster.checks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandingTest {
  private static final Counts COUNTS =
      Counts.parse(
          "end seconds=2.000000 answered=1000 peers=30000 refused=1 lost=2 p50=1000 p99=9000 p999=10000");

  private static Window window(long userMicros, long systemMicros) {
    return new Window(COUNTS, new ProcessCpu(userMicros * 1_000_000, systemMicros * 1_000_000));
  }

  private static Standing standing(String name, List<Window> its, List<Window> muster) {
    return Standing.of(Door.UDP, name, its, its, 500, muster, muster, 8.5);
  }

  @Test
  void theGeneratorsLastLineIsRead() {
    assertThat(COUNTS).isEqualTo(new Counts(2, 1000, 30_000, 1, 2, 1000, 9000, 10_000));
  }

  @Test
  void aWindowIsToldByTheResponse() {
    Window window = window(1, 3);
    assertThat(window.perSecond()).isEqualTo(500);
    assertThat(window.userMicros()).isEqualTo(1);
    assertThat(window.cpuMicros()).isEqualTo(4);
    assertThat(window.peers()).isEqualTo(30);
  }

  @Test
  void aRatioIsTakenRoundByRound() {
    // Twice the processor time in every round, though the machine was ten times slower in one.
    List<Window> muster = List.of(window(1, 1), window(10, 10), window(2, 2));
    List<Window> its = List.of(window(2, 2), window(20, 20), window(4, 4));
    assertThat(standing("other", its, muster).cpuRatio()).isEqualTo(0.5);
  }

  @Test
  void whoAnswersLessThanTheRateDoesNotCarryIt() {
    List<Window> windows = List.of(window(1, 1));
    assertThat(standing("able", windows, windows).carries()).isTrue();
    assertThat(Standing.of(Door.UDP, "slow", windows, windows, 600, windows, windows, 8).carries())
        .isFalse();
  }

  @Test
  void whatWasNotMeasuredIsADashInTheTable() {
    List<Window> windows = List.of(window(1, 3));
    Standing standing = Standing.of(Door.UDP, "x", windows, List.of(), 0, windows, List.of(), 8.5);
    Comparison.Outcome outcome =
        new Comparison.Outcome(List.of(standing), Map.of("x", 3L << 20), Map.of("y", "not found"));
    assertThat(Table.of(outcome))
        .contains("Resident in the end, MiB: x 3")
        .contains("| x | 500 | 4.00 (1.00 + 3.00) | 1.00 | 1.00 | 30.0 | 8.5 |")
        .contains("—")
        .contains("Not there: y: not found");
  }

  @Test
  void theMedianOfTwoIsTheirMean() {
    assertThat(Median.of(List.of(5, 1, 2), x -> x)).isEqualTo(2);
    assertThat(Median.of(List.of(4, 1), x -> x)).isCloseTo(2.5, within(1e-9));
    assertThat(Median.of(List.<Integer>of(), x -> x)).isNaN();
  }

  @Test
  void resultsOfOtherLoadsStay(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("results.tsv");
    List<Window> windows = List.of(window(1, 3));
    Results.keep(file, List.of(standing("old", windows, windows)));
    Results.keep(
        file,
        List.of(Standing.of(Door.HTTP, "muster", windows, windows, 500, windows, windows, 9)));
    Results.keep(file, List.of(standing("muster", windows, windows)));
    assertThat(Results.read(file))
        .extracting(Standing::load, Standing::name, Standing::cpuRatio)
        .containsExactly(tuple("udp", "muster", 1.0), tuple("http", "muster", 1.0));
  }

  @Test
  void theChartHasABarForEachPartOfTheTime() {
    List<Window> windows = List.of(window(1, 3));
    String svg =
        Chart.svg(List.of(standing("muster", windows, windows), standing("a<b", windows, windows)));
    assertThat(svg)
        .contains("UDP announce")
        .contains("prefers-color-scheme: dark")
        .contains("a&lt;b")
        .contains("4.0 µs")
        .doesNotContain("HTTP announce");
    assertThat(svg.split("<rect", -1)).hasSize(5);
  }
}
